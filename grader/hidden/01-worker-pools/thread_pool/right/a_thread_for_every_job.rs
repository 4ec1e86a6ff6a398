//! right: ugly; a dispatcher starts a new thread for every job, but only when fewer than `workers` are running.

use std::num::NonZeroUsize;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Condvar, Mutex};
use std::thread::{self, JoinHandle};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PoolReport {
    pub completed: usize,
    pub panicked: usize,
}

type Job = Box<dyn FnOnce() + Send>;

pub struct ThreadPool {
    sender: Option<Sender<Job>>,
    dispatcher: Option<JoinHandle<PoolReport>>,
}

impl ThreadPool {
    pub fn new(workers: NonZeroUsize) -> Self {
        let (sender, receiver) = mpsc::channel();
        let dispatcher = thread::spawn(move || dispatch(workers.get(), &receiver));
        Self { sender: Some(sender), dispatcher: Some(dispatcher) }
    }

    pub fn execute<F>(&self, job: F)
    where
        F: FnOnce() + Send + 'static,
    {
        self.sender.as_ref().unwrap().send(Box::new(job)).unwrap();
    }

    pub fn join(mut self) -> PoolReport {
        self.finish().unwrap()
    }

    fn finish(&mut self) -> Option<PoolReport> {
        drop(self.sender.take());
        self.dispatcher.take().map(|dispatcher| dispatcher.join().unwrap())
    }
}

impl Drop for ThreadPool {
    fn drop(&mut self) {
        self.finish();
    }
}

fn dispatch(workers: usize, jobs: &Receiver<Job>) -> PoolReport {
    let permits = Arc::new((Mutex::new(workers), Condvar::new()));
    let mut report = PoolReport { completed: 0, panicked: 0 };
    let mut threads: Vec<JoinHandle<bool>> = Vec::new();
    let mut reap = |thread: JoinHandle<bool>| match thread.join() {
        Ok(true) => report.completed += 1,
        _ => report.panicked += 1,
    };
    for job in jobs {
        let mut free = permits.1.wait_while(permits.0.lock().unwrap(), |free| *free == 0).unwrap();
        *free -= 1;
        drop(free);
        let permits = Arc::clone(&permits);
        threads.push(thread::spawn(move || {
            let ok = catch_unwind(AssertUnwindSafe(job)).is_ok();
            *permits.0.lock().unwrap() += 1;
            permits.1.notify_one();
            ok
        }));
        let (ended, running) = threads.into_iter().partition(JoinHandle::is_finished);
        threads = running;
        Vec::into_iter(ended).for_each(&mut reap);
    }
    threads.into_iter().for_each(&mut reap);
    report
}
