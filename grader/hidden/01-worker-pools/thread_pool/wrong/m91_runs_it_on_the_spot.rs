//! caught by: as_many_jobs_run_at_once_as_there_are_workers (failed)
//! idea: Every job is run and counted, so it is a pool.

use std::cell::Cell;
use std::num::NonZeroUsize;
use std::panic::{AssertUnwindSafe, catch_unwind};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PoolReport {
    pub completed: usize,
    pub panicked: usize,
}

pub struct ThreadPool {
    report: Cell<PoolReport>,
}

impl ThreadPool {
    pub fn new(_workers: NonZeroUsize) -> Self {
        Self { report: Cell::new(PoolReport { completed: 0, panicked: 0 }) }
    }

    pub fn execute<F>(&self, job: F)
    where
        F: FnOnce() + Send + 'static,
    {
        let mut report = self.report.get();
        match catch_unwind(AssertUnwindSafe(job)) {
            Ok(()) => report.completed += 1,
            Err(_) => report.panicked += 1,
        }
        self.report.set(report);
    }

    pub fn join(self) -> PoolReport {
        self.report.get()
    }
}
