//! right: tokio's blocking threads are the pool. A runtime that is dropped forgets what has not begun.

use std::num::NonZeroUsize;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex};

use tokio::runtime::{Builder, Runtime};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PoolReport {
    pub completed: usize,
    pub panicked: usize,
}

#[derive(Default)]
struct Counts {
    accepted: usize,
    completed: usize,
    panicked: usize,
}

pub struct ThreadPool {
    runtime: Runtime,
    counts: Arc<(Mutex<Counts>, Condvar)>,
}

impl ThreadPool {
    pub fn new(workers: NonZeroUsize) -> Self {
        let runtime = Builder::new_current_thread().max_blocking_threads(workers.get()).build().unwrap();
        Self { runtime, counts: Arc::default() }
    }

    pub fn execute<F>(&self, job: F)
    where
        F: FnOnce() + Send + 'static,
    {
        self.counts.0.lock().unwrap().accepted += 1;
        let counts = Arc::clone(&self.counts);
        self.runtime.spawn_blocking(move || {
            let ok = catch_unwind(AssertUnwindSafe(job)).is_ok();
            let mut guard = counts.0.lock().unwrap();
            if ok {
                guard.completed += 1;
            } else {
                guard.panicked += 1;
            }
            counts.1.notify_all();
        });
    }

    pub fn join(self) -> PoolReport {
        let Self { runtime, counts } = self;
        let guard = counts.0.lock().unwrap();
        let unfinished = |counts: &mut Counts| counts.completed + counts.panicked < counts.accepted;
        let guard = counts.1.wait_while(guard, unfinished).unwrap();
        let report = PoolReport { completed: guard.completed, panicked: guard.panicked };
        drop(guard);
        // Waits for the threads.
        drop(runtime);
        report
    }
}
