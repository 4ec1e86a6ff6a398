//! caught by: try_acquire_does_not_join_those_who_wait (failed)
//! idea: `try_recv` never waits, so `try_acquire` does not either.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, Receiver, Sender};

pub struct CountingSemaphore {
    put: Sender<()>,
    tokens: Mutex<Receiver<()>>,
    free: AtomicUsize,
}

pub struct Permit<'a> {
    semaphore: &'a CountingSemaphore,
}

impl CountingSemaphore {
    pub fn new(permits: usize) -> Self {
        let (put, tokens) = mpsc::channel();
        let semaphore = Self { put, tokens: Mutex::new(tokens), free: AtomicUsize::new(0) };
        semaphore.add_permits(permits);
        semaphore
    }

    pub fn acquire(&self) -> Permit<'_> {
        self.tokens.lock().unwrap().recv().unwrap();
        self.free.fetch_sub(1, Ordering::SeqCst);
        Permit { semaphore: self }
    }

    pub fn try_acquire(&self) -> Option<Permit<'_>> {
        self.tokens.lock().unwrap().try_recv().ok()?;
        self.free.fetch_sub(1, Ordering::SeqCst);
        Some(Permit { semaphore: self })
    }

    pub fn add_permits(&self, n: usize) {
        self.free.fetch_add(n, Ordering::SeqCst);
        for _ in 0..n {
            self.put.send(()).unwrap();
        }
    }

    pub fn available(&self) -> usize {
        self.free.load(Ordering::SeqCst)
    }
}

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        self.semaphore.add_permits(1);
    }
}
