//! caught by: dropping_the_pool_waits (failed)
//! idea: A pool that goes out of scope takes its threads along.

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
    sender: Sender<Job>,
    workers: Vec<JoinHandle<PoolReport>>,
}

impl ThreadPool {
    pub fn new(workers: NonZeroUsize) -> Self {
        let (sender, receiver) = mpsc::channel();
        let receiver = Arc::new(Mutex::new(receiver));
        let workers = (0..workers.get())
            .map(|_| {
                let receiver = Arc::clone(&receiver);
                thread::spawn(move || work(&receiver))
            })
            .collect();
        Self { sender, workers }
    }

    pub fn execute<F>(&self, job: F)
    where
        F: FnOnce() + Send + 'static,
    {
        self.sender.send(Box::new(job)).unwrap();
    }

    pub fn join(self) -> PoolReport {
        drop(self.sender);
        let mut total = PoolReport { completed: 0, panicked: 0 };
        for worker in self.workers {
            let report = worker.join().unwrap();
            total.completed += report.completed;
            total.panicked += report.panicked;
        }
        total
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
