//! # `thread-pool`: a fixed number of threads, one queue, jobs as closures
//!
//! - Exactly `workers` jobs run at once when enough are queued; they are taken first in, first out.
//! - `execute` never blocks.
//! - A job that panics is counted and costs the pool nothing.
//! - `join` runs everything that is queued; all threads have ended when it returns. Dropping the pool waits, too.

use std::num::NonZeroUsize;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};

/// What became of the jobs of a pool.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PoolReport {
    /// Jobs that returned.
    pub completed: usize,
    /// Jobs that panicked.
    pub panicked: usize,
}

/// Jobs are of different types and sizes; in a box they all fit into one queue.
type Job = Box<dyn FnOnce() + Send>;

/// A fixed number of threads that take jobs from one queue.
pub struct ThreadPool {
    /// The only sender. Gone once the pool is closed: that is how the workers learn of it.
    queue: Option<Sender<Job>>,
    workers: Vec<JoinHandle<PoolReport>>,
}

impl ThreadPool {
    /// A pool of that many workers, ready for jobs.
    pub fn new(workers: NonZeroUsize) -> Self {
        // Not `sync_channel`: a bounded queue would make `execute` wait.
        let (queue, jobs) = mpsc::channel();
        // A receiver has one owner. The workers take turns at it.
        let jobs = Arc::new(Mutex::new(jobs));
        let start = |_| {
            let jobs = Arc::clone(&jobs);
            thread::spawn(move || work(&jobs))
        };
        Self { queue: Some(queue), workers: (0..workers.get()).map(start).collect() }
    }

    /// Puts a job into the queue and returns at once.
    pub fn execute<F>(&self, job: F)
    where
        F: FnOnce() + Send + 'static,
    {
        let queue = self.queue.as_ref().expect("only `join` and `drop` close the queue, and they come last");
        queue.send(Box::new(job)).expect("the workers hold the receiver, and no job ends a worker");
    }

    /// Runs everything that is queued, ends the threads and says what became of the jobs.
    pub fn join(mut self) -> PoolReport {
        self.close_and_wait()
    }

    /// After this there is nothing left to close or to wait for, so `drop` may do it again after `join`.
    fn close_and_wait(&mut self) -> PoolReport {
        // Before the joins, or the workers and we would wait for each other. What is queued is still received:
        // `recv` fails only when the sender is gone *and* the queue is empty.
        self.queue = None;
        let mut total = PoolReport { completed: 0, panicked: 0 };
        for worker in self.workers.drain(..) {
            let report = worker.join().expect("a worker catches the panics of its jobs");
            total.completed += report.completed;
            total.panicked += report.panicked;
        }
        total
    }
}

impl Drop for ThreadPool {
    fn drop(&mut self) {
        // A `JoinHandle` that is merely dropped detaches its thread.
        self.close_and_wait();
    }
}

/// One worker's life.
fn work(jobs: &Mutex<Receiver<Job>>) -> PoolReport {
    // Each worker counts for itself, and the handle carries the counts home: no shared counter.
    let mut report = PoolReport { completed: 0, panicked: 0 };
    loop {
        // A statement of its own: the guard is gone at its end. As the head of a `while let` or a `match` it would
        // live as long as the job runs, and the others would wait for the lock instead of working.
        let next = jobs.lock().expect("no job runs under this lock, so nobody panics under it").recv();
        let Ok(job) = next else { return report };
        // The alternative, a new thread for one that died, needs somebody who notices and a list of handles that
        // grows. `AssertUnwindSafe`: what a job leaves half done is behind its own borders; we share nothing with it.
        match catch_unwind(AssertUnwindSafe(job)) {
            Ok(()) => report.completed += 1,
            Err(_) => report.panicked += 1,
        }
    }
}
