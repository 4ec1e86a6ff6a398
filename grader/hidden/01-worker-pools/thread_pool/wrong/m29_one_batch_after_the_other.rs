//! caught by: a_further_job_waits_until_a_worker_is_free (failed)
//! idea: A limit of n means n at a time: start n, wait for them, start the next n.

use std::num::NonZeroUsize;
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread::{self, JoinHandle};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PoolReport {
    pub completed: usize,
    pub panicked: usize,
}

type Job = Box<dyn FnOnce() + Send>;

pub struct ThreadPool {
    sender: Option<Sender<Job>>,
    dispatcher: Option<JoinHandle<PoolReport>>,
}

impl ThreadPool {
    pub fn new(workers: NonZeroUsize) -> Self {
        let (sender, receiver) = mpsc::channel();
        let dispatcher = thread::spawn(move || dispatch(workers.get(), &receiver));
        Self { sender: Some(sender), dispatcher: Some(dispatcher) }
    }

    pub fn execute<F>(&self, job: F)
    where
        F: FnOnce() + Send + 'static,
    {
        self.sender.as_ref().unwrap().send(Box::new(job)).unwrap();
    }

    pub fn join(mut self) -> PoolReport {
        self.finish().unwrap()
    }

    fn finish(&mut self) -> Option<PoolReport> {
        drop(self.sender.take());
        self.dispatcher.take().map(|dispatcher| dispatcher.join().unwrap())
    }
}

impl Drop for ThreadPool {
    fn drop(&mut self) {
        self.finish();
    }
}

fn dispatch(workers: usize, jobs: &Receiver<Job>) -> PoolReport {
    let mut report = PoolReport { completed: 0, panicked: 0 };
    let mut batch = Vec::new();
    loop {
        // While the batch has room, take what comes; a full batch is waited for.
        let next = jobs.recv();
        let over = next.is_err();
        batch.extend(next.ok().map(thread::spawn));
        if batch.len() == workers || over {
            for handle in batch.drain(..) {
                match handle.join() {
                    Ok(()) => report.completed += 1,
                    Err(_) => report.panicked += 1,
                }
            }
        }
        if over {
            return report;
        }
    }
}
