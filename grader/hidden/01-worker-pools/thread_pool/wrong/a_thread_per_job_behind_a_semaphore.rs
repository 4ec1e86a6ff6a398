//! caught by: queued_jobs_do_not_cost_threads (failed)
//! idea: Threads that wait for their turn cost nothing.

use std::collections::VecDeque;
use std::mem::take;
use std::num::NonZeroUsize;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::mpsc::{self, Sender};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PoolReport {
    pub completed: usize,
    pub panicked: usize,
}

struct Turns {
    free: usize,
    waiting: VecDeque<Sender<()>>,
}

pub struct ThreadPool {
    turns: Arc<Mutex<Turns>>,
    handles: Mutex<Vec<JoinHandle<()>>>,
}

impl ThreadPool {
    pub fn new(workers: NonZeroUsize) -> Self {
        let turns = Turns { free: workers.get(), waiting: VecDeque::new() };
        Self { turns: Arc::new(Mutex::new(turns)), handles: Mutex::default() }
    }

    pub fn execute<F>(&self, job: F)
    where
        F: FnOnce() + Send + 'static,
    {
        let (go, turn) = mpsc::channel();
        let mut state = self.turns.lock().unwrap();
        if state.free > 0 {
            state.free -= 1;
            go.send(()).unwrap();
        } else {
            state.waiting.push_back(go);
        }
        drop(state);
        let turns = Arc::clone(&self.turns);
        let thread = thread::spawn(move || {
            turn.recv().unwrap();
            let outcome = catch_unwind(AssertUnwindSafe(job));
            let mut state = turns.lock().unwrap();
            match state.waiting.pop_front() {
                Some(next) => next.send(()).unwrap(),
                None => state.free += 1,
            }
            drop(state);
            if let Err(payload) = outcome {
                resume_unwind(payload);
            }
        });
        self.handles.lock().unwrap().push(thread);
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
