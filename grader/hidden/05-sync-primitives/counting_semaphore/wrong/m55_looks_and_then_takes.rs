//! caught by: of_two_that_try_for_one_permit_one_gets_it (failed)
//! idea: The count is atomic, so between my look and my step nothing can happen.

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
        while self.free.load(Ordering::SeqCst) == 0 {
            guard = self.freed.wait(guard).unwrap();
        }
        self.free.fetch_sub(1, Ordering::SeqCst);
        Permit { semaphore: self }
    }

    pub fn try_acquire(&self) -> Option<Permit<'_>> {
        if self.free.load(Ordering::SeqCst) == 0 {
            return None;
        }
        self.free.fetch_sub(1, Ordering::SeqCst);
        Some(Permit { semaphore: self })
    }

    pub fn add_permits(&self, n: usize) {
        let _guard = self.lock.lock().unwrap();
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
