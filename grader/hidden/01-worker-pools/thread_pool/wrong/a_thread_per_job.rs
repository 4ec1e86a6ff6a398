//! caught by: a_further_job_waits_until_a_worker_is_free (failed)
//! idea: The operating system schedules threads well enough; the number of workers is advice.

use std::mem::take;
use std::num::NonZeroUsize;
use std::sync::Mutex;
use std::thread::{self, JoinHandle};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PoolReport {
    pub completed: usize,
    pub panicked: usize,
}

pub struct ThreadPool {
    handles: Mutex<Vec<JoinHandle<()>>>,
}

impl ThreadPool {
    pub fn new(_workers: NonZeroUsize) -> Self {
        Self { handles: Mutex::default() }
    }

    pub fn execute<F>(&self, job: F)
    where
        F: FnOnce() + Send + 'static,
    {
        let mut handles = self.handles.lock().unwrap();
        handles.push(thread::spawn(job));
    }

    pub fn join(self) -> PoolReport {
        self.finish()
    }

    fn finish(&self) -> PoolReport {
        let mut report = PoolReport { completed: 0, panicked: 0 };
        for handle in take(&mut *self.handles.lock().unwrap()) {
            match handle.join() {
                Ok(()) => report.completed += 1,
                Err(_) => report.panicked += 1,
            }
        }
        report
    }
}

impl Drop for ThreadPool {
    fn drop(&mut self) {
        self.finish();
    }
}
