//! caught by: a_free_worker_takes_the_job_that_has_waited_longest (failed)
//! idea: A receiver cannot be shared, so every worker gets a channel of its own, and they take turns.

use std::num::NonZeroUsize;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread::{self, JoinHandle};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PoolReport {
    pub completed: usize,
    pub panicked: usize,
}

type Job = Box<dyn FnOnce() + Send>;

pub struct ThreadPool {
    workers: Vec<(Sender<Job>, JoinHandle<PoolReport>)>,
    next: AtomicUsize,
}

impl ThreadPool {
    pub fn new(workers: NonZeroUsize) -> Self {
        let workers = (0..workers.get())
            .map(|_| {
                let (sender, receiver) = mpsc::channel();
                (sender, thread::spawn(move || work(receiver)))
            })
            .collect();
        Self { workers, next: AtomicUsize::new(0) }
    }

    pub fn execute<F>(&self, job: F)
    where
        F: FnOnce() + Send + 'static,
    {
        let turn = self.next.fetch_add(1, Ordering::Relaxed) % self.workers.len();
        self.workers[turn].0.send(Box::new(job)).unwrap();
    }

    pub fn join(mut self) -> PoolReport {
        self.finish()
    }

    fn finish(&mut self) -> PoolReport {
        let (senders, handles): (Vec<_>, Vec<_>) = self.workers.drain(..).unzip();
        drop(senders);
        let mut total = PoolReport { completed: 0, panicked: 0 };
        for handle in handles {
            let report = handle.join().unwrap();
            total.completed += report.completed;
            total.panicked += report.panicked;
        }
        total
    }
}

impl Drop for ThreadPool {
    fn drop(&mut self) {
        self.finish();
    }
}

fn work(jobs: Receiver<Job>) -> PoolReport {
    let mut report = PoolReport { completed: 0, panicked: 0 };
    for job in jobs {
        match catch_unwind(AssertUnwindSafe(job)) {
            Ok(()) => report.completed += 1,
            Err(_) => report.panicked += 1,
        }
    }
    report
}
