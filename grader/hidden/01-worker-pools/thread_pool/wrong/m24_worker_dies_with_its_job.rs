//! caught by: panicking_jobs_do_not_change_the_strength_of_the_pool (failed)
//! idea: A panic only hurts its own job; the join handle will say that it happened.

use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, Sender};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PoolReport {
    pub completed: usize,
    pub panicked: usize,
}

type Job = Box<dyn FnOnce() + Send>;

pub struct ThreadPool {
    sender: Option<Sender<Job>>,
    workers: Vec<JoinHandle<()>>,
    completed: Arc<AtomicUsize>,
}

impl ThreadPool {
    pub fn new(workers: NonZeroUsize) -> Self {
        let (sender, receiver) = mpsc::channel::<Job>();
        let receiver = Arc::new(Mutex::new(receiver));
        let completed = Arc::new(AtomicUsize::new(0));
        let workers = (0..workers.get())
            .map(|_| {
                let receiver = Arc::clone(&receiver);
                let completed = Arc::clone(&completed);
                thread::spawn(move || {
                    loop {
                        let job = receiver.lock().unwrap().recv();
                        let Ok(job) = job else { break };
                        job();
                        completed.fetch_add(1, Ordering::SeqCst);
                    }
                })
            })
            .collect();
        Self { sender: Some(sender), workers, completed }
    }

    pub fn execute<F>(&self, job: F)
    where
        F: FnOnce() + Send + 'static,
    {
        let _ = self.sender.as_ref().unwrap().send(Box::new(job));
    }

    pub fn join(mut self) -> PoolReport {
        let panicked = self.finish();
        PoolReport { completed: self.completed.load(Ordering::SeqCst), panicked }
    }

    fn finish(&mut self) -> usize {
        drop(self.sender.take());
        self.workers.drain(..).filter_map(|worker| worker.join().err()).count()
    }
}

impl Drop for ThreadPool {
    fn drop(&mut self) {
        self.finish();
    }
}
