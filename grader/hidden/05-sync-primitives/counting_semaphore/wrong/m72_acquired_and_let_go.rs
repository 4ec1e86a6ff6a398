//! caught by: never_more_permits_are_out_than_were_made (failed)
//! idea: Once `try_acquire` has succeeded I have the permit, whatever I do with its result.

use std::sync::{Condvar, Mutex};

pub struct CountingSemaphore {
    free: Mutex<usize>,
    freed: Condvar,
}

pub struct Permit<'a> {
    semaphore: &'a CountingSemaphore,
}

impl CountingSemaphore {
    pub fn new(permits: usize) -> Self {
        Self { free: Mutex::new(permits), freed: Condvar::new() }
    }

    pub fn acquire(&self) -> Permit<'_> {
        while self.try_acquire().is_none() {
            let free = self.free.lock().unwrap();
            let _free = self.freed.wait_while(free, |free| *free == 0).unwrap();
        }
        Permit { semaphore: self }
    }

    pub fn try_acquire(&self) -> Option<Permit<'_>> {
        let mut free = self.free.lock().unwrap();
        if *free == 0 {
            return None;
        }
        *free -= 1;
        Some(Permit { semaphore: self })
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
        *self.semaphore.free.lock().unwrap() += 1;
        self.semaphore.freed.notify_one();
    }
}
