//! caught by: no_thread_is_left_after_join (failed)
//! idea: When every job is done, the pool is done.

use std::collections::VecDeque;
use std::num::NonZeroUsize;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex};
use std::thread;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PoolReport {
    pub completed: usize,
    pub panicked: usize,
}

type Job = Box<dyn FnOnce() + Send>;

struct State {
    jobs: VecDeque<Job>,
    pending: usize,
    report: PoolReport,
}

struct Shared {
    state: Mutex<State>,
    changed: Condvar,
    idle: Condvar,
}

pub struct ThreadPool {
    shared: Arc<Shared>,
}

impl ThreadPool {
    pub fn new(workers: NonZeroUsize) -> Self {
        let report = PoolReport { completed: 0, panicked: 0 };
        let state = State { jobs: VecDeque::new(), pending: 0, report };
        let shared = Arc::new(Shared { state: Mutex::new(state), changed: Condvar::new(), idle: Condvar::new() });
        for _ in 0..workers.get() {
            let shared = Arc::clone(&shared);
            thread::spawn(move || work(&shared));
        }
        Self { shared }
    }

    pub fn execute<F>(&self, job: F)
    where
        F: FnOnce() + Send + 'static,
    {
        let mut state = self.shared.state.lock().unwrap();
        state.jobs.push_back(Box::new(job));
        state.pending += 1;
        drop(state);
        self.shared.changed.notify_one();
    }

    pub fn join(self) -> PoolReport {
        self.finish();
        self.shared.state.lock().unwrap().report
    }

    fn finish(&self) {
        let mut state = self.shared.state.lock().unwrap();
        while state.pending > 0 {
            state = self.shared.idle.wait(state).unwrap();
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
            if let Some(job) = state.jobs.pop_front() {
                break job;
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
        state.pending -= 1;
        if state.pending == 0 {
            shared.idle.notify_all();
        }
    }
}
