//! caught by: as_many_jobs_run_at_once_as_there_are_workers (failed)
//! idea: A thread for the job, and its handle joined: that is what a pool does, again and again.

use std::num::NonZeroUsize;
use std::sync::Mutex;
use std::thread;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PoolReport {
    pub completed: usize,
    pub panicked: usize,
}

pub struct ThreadPool {
    report: Mutex<PoolReport>,
}

impl ThreadPool {
    pub fn new(_workers: NonZeroUsize) -> Self {
        Self { report: Mutex::new(PoolReport { completed: 0, panicked: 0 }) }
    }

    pub fn execute<F>(&self, job: F)
    where
        F: FnOnce() + Send + 'static,
    {
        let outcome = thread::spawn(job).join();
        let mut report = self.report.lock().unwrap();
        match outcome {
            Ok(()) => report.completed += 1,
            Err(_) => report.panicked += 1,
        }
    }

    pub fn join(self) -> PoolReport {
        self.report.into_inner().unwrap()
    }
}
