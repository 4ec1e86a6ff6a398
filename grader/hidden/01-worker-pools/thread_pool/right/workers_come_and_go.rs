//! right: ugly; a worker is started when a job comes and leaves when the queue is empty. An idle pool has no threads.

use std::collections::VecDeque;
use std::mem::take;
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

struct State {
    jobs: VecDeque<Job>,
    working: usize,
    /// Some of them have ended.
    threads: Vec<JoinHandle<()>>,
    report: PoolReport,
}

pub struct ThreadPool {
    workers: usize,
    state: Arc<Mutex<State>>,
}

impl ThreadPool {
    pub fn new(workers: NonZeroUsize) -> Self {
        let report = PoolReport { completed: 0, panicked: 0 };
        let state = State { jobs: VecDeque::new(), working: 0, threads: Vec::new(), report };
        Self { workers: workers.get(), state: Arc::new(Mutex::new(state)) }
    }

    pub fn execute<F>(&self, job: F)
    where
        F: FnOnce() + Send + 'static,
    {
        let mut state = self.state.lock().unwrap();
        state.jobs.push_back(Box::new(job));
        if state.working < self.workers {
            state.working += 1;
            let shared = Arc::clone(&self.state);
            state.threads.push(thread::spawn(move || work(&shared)));
        }
    }

    pub fn join(self) -> PoolReport {
        self.wait();
        self.state.lock().unwrap().report
    }

    fn wait(&self) {
        let threads = take(&mut self.state.lock().unwrap().threads);
        for thread in threads {
            thread.join().unwrap();
        }
    }
}

impl Drop for ThreadPool {
    fn drop(&mut self) {
        self.wait();
    }
}

fn work(state: &Mutex<State>) {
    loop {
        let mut guard = state.lock().unwrap();
        let Some(job) = guard.jobs.pop_front() else {
            guard.working -= 1;
            return;
        };
        drop(guard);
        let ok = catch_unwind(AssertUnwindSafe(job)).is_ok();
        let report = &mut state.lock().unwrap().report;
        if ok {
            report.completed += 1;
        } else {
            report.panicked += 1;
        }
    }
}
