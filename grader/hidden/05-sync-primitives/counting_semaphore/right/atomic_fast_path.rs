//! right: permits are taken from an atomic without a lock; the lock is for falling asleep. Who gives back takes it, if
//! anybody sleeps, for a moment after the change: then nobody is between the last look and the wait.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Condvar, Mutex};

pub struct CountingSemaphore {
    free: AtomicUsize,
    /// Those who sleep, or are about to.
    sleepers: AtomicUsize,
    falling_asleep: Mutex<()>,
    freed: Condvar,
}

pub struct Permit<'a> {
    semaphore: &'a CountingSemaphore,
}

impl CountingSemaphore {
    pub fn new(permits: usize) -> Self {
        Self {
            free: AtomicUsize::new(permits),
            sleepers: AtomicUsize::new(0),
            falling_asleep: Mutex::new(()),
            freed: Condvar::new(),
        }
    }

    pub fn acquire(&self) -> Permit<'_> {
        // A few looks before falling asleep.
        for _ in 0..3 {
            if self.take() {
                return Permit { semaphore: self };
            }
        }
        let mut guard = self.falling_asleep.lock().unwrap();
        self.sleepers.fetch_add(1, Ordering::SeqCst);
        while !self.take() {
            guard = self.freed.wait(guard).unwrap();
        }
        self.sleepers.fetch_sub(1, Ordering::SeqCst);
        Permit { semaphore: self }
    }

    pub fn try_acquire(&self) -> Option<Permit<'_>> {
        self.take().then(|| Permit { semaphore: self })
    }

    pub fn add_permits(&self, n: usize) {
        self.free.fetch_add(n, Ordering::SeqCst);
        if self.sleepers.load(Ordering::SeqCst) > 0 {
            drop(self.falling_asleep.lock().unwrap());
            if n == 1 {
                self.freed.notify_one();
            } else {
                self.freed.notify_all();
            }
        }
    }

    pub fn available(&self) -> usize {
        self.free.load(Ordering::SeqCst)
    }

    fn take(&self) -> bool {
        let mut free = self.free.load(Ordering::SeqCst);
        while free > 0 {
            match self.free.compare_exchange_weak(free, free - 1, Ordering::SeqCst, Ordering::SeqCst) {
                Ok(_) => return true,
                Err(now) => free = now,
            }
        }
        false
    }
}

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        self.semaphore.add_permits(1);
    }
}
