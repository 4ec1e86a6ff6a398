//! right: nobody catches a panic; a worker that dies of its job starts its successor while it unwinds.

use std::num::NonZeroUsize;
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PoolReport {
    pub completed: usize,
    pub panicked: usize,
}

type Job = Box<dyn FnOnce() + Send>;

struct Shared {
    receiver: Mutex<Receiver<Job>>,
    report: Mutex<PoolReport>,
    handles: Mutex<Vec<JoinHandle<()>>>,
}

pub struct ThreadPool {
    sender: Option<Sender<Job>>,
    shared: Arc<Shared>,
}

impl ThreadPool {
    pub fn new(workers: NonZeroUsize) -> Self {
        let (sender, receiver) = mpsc::channel();
        let shared = Arc::new(Shared {
            receiver: Mutex::new(receiver),
            report: Mutex::new(PoolReport { completed: 0, panicked: 0 }),
            handles: Mutex::default(),
        });
        for _ in 0..workers.get() {
            start(&shared);
        }
        Self { sender: Some(sender), shared }
    }

    pub fn execute<F>(&self, job: F)
    where
        F: FnOnce() + Send + 'static,
    {
        self.sender.as_ref().unwrap().send(Box::new(job)).unwrap();
    }

    pub fn join(mut self) -> PoolReport {
        self.finish();
        *self.shared.report.lock().unwrap()
    }

    fn finish(&mut self) {
        drop(self.sender.take());
        // One at a time, and without the lock while we wait: a thread that dies puts its successor into the list
        // before it ends.
        loop {
            let handle = self.shared.handles.lock().unwrap().pop();
            let Some(handle) = handle else { break };
            let _ = handle.join();
        }
    }
}

impl Drop for ThreadPool {
    fn drop(&mut self) {
        self.finish();
    }
}

fn start(shared: &Arc<Shared>) {
    let worker = Worker(Arc::clone(shared));
    let handle = thread::spawn(move || worker.run());
    shared.handles.lock().unwrap().push(handle);
}

struct Worker(Arc<Shared>);

impl Worker {
    fn run(self) {
        loop {
            let job = self.0.receiver.lock().unwrap().recv();
            let Ok(job) = job else { break };
            job();
            self.0.report.lock().unwrap().completed += 1;
        }
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        if thread::panicking() {
            self.0.report.lock().unwrap().panicked += 1;
            start(&self.0);
        }
    }
}
