//! right: ugly; one thread holds a scope, in it a thread per worker that does nothing but start the worker anew
//! whenever it has died. All threads are joined by the scope.

use std::num::NonZeroUsize;
use std::sync::Mutex;
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
    sender: Option<Sender<Job>>,
    house: Option<JoinHandle<PoolReport>>,
}

impl ThreadPool {
    pub fn new(workers: NonZeroUsize) -> Self {
        let (sender, receiver) = mpsc::channel();
        let house = thread::spawn(move || run(workers.get(), Mutex::new(receiver)));
        Self { sender: Some(sender), house: Some(house) }
    }

    pub fn execute<F>(&self, job: F)
    where
        F: FnOnce() + Send + 'static,
    {
        let _ = self.sender.as_ref().map(|sender| sender.send(Box::new(job)));
    }

    pub fn join(mut self) -> PoolReport {
        self.wait().unwrap()
    }

    fn wait(&mut self) -> Option<PoolReport> {
        self.sender = None;
        self.house.take().and_then(|house| house.join().ok())
    }
}

impl Drop for ThreadPool {
    fn drop(&mut self) {
        self.wait();
    }
}

fn run(workers: usize, jobs: Mutex<Receiver<Job>>) -> PoolReport {
    let (completed, panicked) = (AtomicUsize::new(0), AtomicUsize::new(0));
    thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                loop {
                    let worker = scope.spawn(|| {
                        loop {
                            let next = jobs.lock().unwrap().recv();
                            let Ok(job) = next else { break };
                            job();
                            completed.fetch_add(1, Ordering::SeqCst);
                        }
                    });
                    match worker.join() {
                        Ok(()) => break,
                        Err(_) => panicked.fetch_add(1, Ordering::SeqCst),
                    };
                }
            });
        }
    });
    PoolReport { completed: completed.into_inner(), panicked: panicked.into_inner() }
}
