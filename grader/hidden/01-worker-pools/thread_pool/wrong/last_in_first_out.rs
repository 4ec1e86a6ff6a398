//! caught by: one_worker_runs_the_jobs_in_order (failed)
//! idea: A vector with `push` and `pop` is a queue.

use std::num::NonZeroUsize;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex};
use std::thread::{self, JoinHandle};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PoolReport {
    pub completed: usize,
    pub panicked: usize,
}

type Job = Box<dyn FnOnce() + Send>;

struct State {
    jobs: Vec<Job>,
    closed: bool,
    report: PoolReport,
}

struct Shared {
    state: Mutex<State>,
    changed: Condvar,
}

pub struct ThreadPool {
    shared: Arc<Shared>,
    workers: Vec<JoinHandle<()>>,
}

impl ThreadPool {
    pub fn new(workers: NonZeroUsize) -> Self {
        let report = PoolReport { completed: 0, panicked: 0 };
        let state = State { jobs: Vec::new(), closed: false, report };
        let shared = Arc::new(Shared { state: Mutex::new(state), changed: Condvar::new() });
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
        self.shared.state.lock().unwrap().jobs.push(Box::new(job));
        self.shared.changed.notify_one();
    }

    pub fn join(mut self) -> PoolReport {
        self.finish();
        self.shared.state.lock().unwrap().report
    }

    fn finish(&mut self) {
        self.shared.state.lock().unwrap().closed = true;
        self.shared.changed.notify_all();
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
        let mut state = shared.state.lock().unwrap();
        let job = loop {
            if let Some(job) = state.jobs.pop() {
                break job;
            }
            if state.closed {
                return;
            }
            state = shared.changed.wait(state).unwrap();
        };
        drop(state);
        let outcome = catch_unwind(AssertUnwindSafe(job));
        let mut state = shared.state.lock().unwrap();
        match outcome {
            Ok(()) => state.report.completed += 1,
            Err(_) => state.report.panicked += 1,
        }
    }
}
