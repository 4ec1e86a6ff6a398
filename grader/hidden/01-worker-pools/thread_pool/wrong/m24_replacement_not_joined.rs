//! caught by: join_waits_for_what_runs_after_a_panic (failed)
//! idea: A new thread for the one that died is all that a panic asks for.

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
}

pub struct ThreadPool {
    sender: Option<Sender<Job>>,
    shared: Arc<Shared>,
    handles: Vec<JoinHandle<()>>,
}

impl ThreadPool {
    pub fn new(workers: NonZeroUsize) -> Self {
        let (sender, receiver) = mpsc::channel();
        let shared = Arc::new(Shared {
            receiver: Mutex::new(receiver),
            report: Mutex::new(PoolReport { completed: 0, panicked: 0 }),
        });
        let handles = (0..workers.get()).map(|_| start(&shared)).collect();
        Self { sender: Some(sender), shared, handles }
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
        for handle in self.handles.drain(..) {
            let _ = handle.join();
        }
    }
}

impl Drop for ThreadPool {
    fn drop(&mut self) {
        self.finish();
    }
}

fn start(shared: &Arc<Shared>) -> JoinHandle<()> {
    let worker = Worker(Arc::clone(shared));
    thread::spawn(move || worker.run())
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
