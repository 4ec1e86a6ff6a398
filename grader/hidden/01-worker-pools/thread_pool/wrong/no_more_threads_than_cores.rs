//! caught by: more_workers_than_cores_all_work (failed)
//! idea: More threads than cores only cost memory.

use std::num::NonZeroUsize;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PoolReport {
    pub completed: usize,
    pub panicked: usize,
}

type Job = Box<dyn FnOnce() + Send>;

pub struct ThreadPool {
    sender: Option<Sender<Job>>,
    workers: Vec<JoinHandle<PoolReport>>,
}

impl ThreadPool {
    pub fn new(workers: NonZeroUsize) -> Self {
        let (sender, receiver) = mpsc::channel();
        let receiver = Arc::new(Mutex::new(receiver));
        let cores = thread::available_parallelism().unwrap_or(workers);
        let workers = (0..workers.min(cores).get())
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
