//! caught by: execute_never_blocks (failed)
//! idea: A queue of 128 is as good as endless.

use std::num::NonZeroUsize;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{self, Receiver, SyncSender};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PoolReport {
    pub completed: usize,
    pub panicked: usize,
}

type Job = Box<dyn FnOnce() + Send>;

pub struct ThreadPool {
    sender: Option<SyncSender<Job>>,
    workers: Vec<JoinHandle<PoolReport>>,
}

impl ThreadPool {
    pub fn new(workers: NonZeroUsize) -> Self {
        let (sender, receiver) = mpsc::sync_channel(128);
        let receiver = Arc::new(Mutex::new(receiver));
        let workers = (0..workers.get())
            .map(|_| {
                let receiver = Arc::clone(&receiver);
                thread::spawn(move || work(&receiver))
            })
            .collect();
        Self { sender: Some(sender), workers }
    }

    pub fn execute<F>(&self, job: F)
    where
        F: FnOnce() + Send + 'static,
    {
        self.sender.as_ref().unwrap().send(Box::new(job)).unwrap();
    }

    pub fn join(mut self) -> PoolReport {
        self.finish()
    }

    fn finish(&mut self) -> PoolReport {
        drop(self.sender.take());
        let mut total = PoolReport { completed: 0, panicked: 0 };
        for worker in self.workers.drain(..) {
            let report = worker.join().unwrap();
            total.completed += report.completed;
            total.panicked += report.panicked;
        }
        total
    }
}

impl Drop for ThreadPool {
    fn drop(&mut self) {
        self.finish();
    }
}

fn work(receiver: &Mutex<Receiver<Job>>) -> PoolReport {
    let mut report = PoolReport { completed: 0, panicked: 0 };
    loop {
        let job = receiver.lock().unwrap().recv();
        let Ok(job) = job else { break };
        match catch_unwind(AssertUnwindSafe(job)) {
            Ok(()) => report.completed += 1,
            Err(_) => report.panicked += 1,
        }
    }
    report
}
