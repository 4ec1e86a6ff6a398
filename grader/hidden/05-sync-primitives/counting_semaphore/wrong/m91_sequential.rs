//! caught by: all_permits_can_be_out_at_the_same_time (failed)
//! idea: Who holds the lock holds the permit; the lock is given back by itself.

use std::sync::{Condvar, Mutex, MutexGuard};

pub struct CountingSemaphore {
    free: Mutex<usize>,
    freed: Condvar,
}

pub struct Permit<'a> {
    free: MutexGuard<'a, usize>,
    freed: &'a Condvar,
}

impl CountingSemaphore {
    pub fn new(permits: usize) -> Self {
        Self { free: Mutex::new(permits), freed: Condvar::new() }
    }

    pub fn acquire(&self) -> Permit<'_> {
        let mut free = self.free.lock().unwrap();
        while *free == 0 {
            free = self.freed.wait(free).unwrap();
        }
        *free -= 1;
        Permit { free, freed: &self.freed }
    }

    pub fn try_acquire(&self) -> Option<Permit<'_>> {
        let mut free = self.free.lock().unwrap();
        if *free == 0 {
            return None;
        }
        *free -= 1;
        Some(Permit { free, freed: &self.freed })
    }

    pub fn add_permits(&self, n: usize) {
        *self.free.lock().unwrap() += n;
        self.freed.notify_all();
    }

    pub fn available(&self) -> usize {
        *self.free.lock().unwrap()
    }
}

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        *self.free += 1;
        self.freed.notify_one();
    }
}
