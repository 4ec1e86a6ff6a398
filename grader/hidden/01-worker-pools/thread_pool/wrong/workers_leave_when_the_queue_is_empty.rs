//! caught by: an_idle_pool_stays_ready (failed)
//! idea: When the queue is empty the work is done, and the workers can go home.

use std::collections::VecDeque;
use std::num::NonZeroUsize;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PoolReport {
    pub completed: usize,
    pub panicked: usize,
}

type Job = Box<dyn FnOnce() + Send>;

struct Shared {
    jobs: Mutex<VecDeque<Job>>,
    report: Mutex<PoolReport>,
}

pub struct ThreadPool {
    shared: Arc<Shared>,
    workers: Vec<JoinHandle<()>>,
}

impl ThreadPool {
    pub fn new(workers: NonZeroUsize) -> Self {
        let report = Mutex::new(PoolReport { completed: 0, panicked: 0 });
        let shared = Arc::new(Shared { jobs: Mutex::default(), report });
        let workers = (0..workers.get())
            .map(|_| {
                let shared = Arc::clone(&shared);
                thread::spawn(move || work(&shared))
            })
            .collect();
        Self { shared, workers }
    }

    pub fn execute<F>(&self, job: F)
    where
        F: FnOnce() + Send + 'static,
    {
        self.shared.jobs.lock().unwrap().push_back(Box::new(job));
    }

    pub fn join(mut self) -> PoolReport {
        self.finish();
        *self.shared.report.lock().unwrap()
    }

    fn finish(&mut self) {
        for worker in self.workers.drain(..) {
            worker.join().unwrap();
        }
    }
}

impl Drop for ThreadPool {
    fn drop(&mut self) {
        self.finish();
    }
}

fn work(shared: &Shared) {
    loop {
        let job = shared.jobs.lock().unwrap().pop_front();
        let Some(job) = job else { return };
        let outcome = catch_unwind(AssertUnwindSafe(job));
        let mut report = shared.report.lock().unwrap();
        match outcome {
            Ok(()) => report.completed += 1,
            Err(_) => report.panicked += 1,
        }
    }
}
