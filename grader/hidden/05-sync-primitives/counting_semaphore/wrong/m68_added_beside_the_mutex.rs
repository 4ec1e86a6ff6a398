//! caught by: permits_that_are_added_are_not_missed (deadlocked)
//! idea: Whoever gives back goes by the lock, but to add permits is a matter of one instruction.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Condvar, Mutex};

pub struct CountingSemaphore {
    free: AtomicUsize,
    lock: Mutex<()>,
    freed: Condvar,
}

pub struct Permit<'a> {
    semaphore: &'a CountingSemaphore,
}

impl CountingSemaphore {
    pub fn new(permits: usize) -> Self {
        Self { free: AtomicUsize::new(permits), lock: Mutex::new(()), freed: Condvar::new() }
    }

    pub fn acquire(&self) -> Permit<'_> {
        let mut guard = self.lock.lock().unwrap();
        loop {
            if let Some(permit) = self.try_acquire() {
                return permit;
            }
            guard = self.freed.wait(guard).unwrap();
        }
    }

    pub fn try_acquire(&self) -> Option<Permit<'_>> {
        let take = self.free.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |free| free.checked_sub(1));
        take.is_ok().then(|| Permit { semaphore: self })
    }

    pub fn add_permits(&self, n: usize) {
        self.free.fetch_add(n, Ordering::SeqCst);
        self.freed.notify_all();
    }

    pub fn available(&self) -> usize {
        self.free.load(Ordering::SeqCst)
    }
}

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        let _guard = self.semaphore.lock.lock().unwrap();
        self.semaphore.free.fetch_add(1, Ordering::SeqCst);
        self.semaphore.freed.notify_one();
    }
}
