//! caught by: a_permit_that_comes_back_is_not_missed (deadlocked)
//! idea: An atomic count needs no lock to be changed; the mutex is only there for `wait`.

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
        self.semaphore.free.fetch_add(1, Ordering::SeqCst);
        self.semaphore.freed.notify_one();
    }
}
