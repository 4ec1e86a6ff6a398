//! right: an atomic balance decides who must wait; a channel carries one token for each of those. They queue for the
//! receiver, and whoever holds its lock while it waits is in nobody's way, because the others have to wait, too.

use std::sync::Mutex;
use std::sync::atomic::{AtomicIsize, Ordering};
use std::sync::mpsc::{self, Receiver, Sender};

pub struct CountingSemaphore {
    /// Free permits; below zero, how many wait.
    balance: AtomicIsize,
    put: Sender<()>,
    tokens: Mutex<Receiver<()>>,
}

pub struct Permit<'a> {
    semaphore: &'a CountingSemaphore,
}

impl CountingSemaphore {
    pub fn new(permits: usize) -> Self {
        let (put, tokens) = mpsc::channel();
        Self { balance: AtomicIsize::new(permits as isize), put, tokens: Mutex::new(tokens) }
    }

    pub fn acquire(&self) -> Permit<'_> {
        if self.balance.fetch_sub(1, Ordering::AcqRel) <= 0 {
            self.tokens.lock().unwrap().recv().expect("the sender is next to the receiver");
        }
        Permit { semaphore: self }
    }

    pub fn try_acquire(&self) -> Option<Permit<'_>> {
        let take = |balance: isize| (balance > 0).then(|| balance - 1);
        self.balance.fetch_update(Ordering::AcqRel, Ordering::Relaxed, take).ok()?;
        Some(Permit { semaphore: self })
    }

    pub fn add_permits(&self, n: usize) {
        for _ in 0..n {
            if self.balance.fetch_add(1, Ordering::AcqRel) < 0 {
                self.put.send(()).expect("the receiver is next to the sender");
            }
        }
    }

    pub fn available(&self) -> usize {
        usize::try_from(self.balance.load(Ordering::Acquire)).unwrap_or(0)
    }
}

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        self.semaphore.add_permits(1);
    }
}
