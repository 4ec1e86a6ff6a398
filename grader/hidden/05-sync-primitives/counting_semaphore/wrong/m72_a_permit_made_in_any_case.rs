//! caught by: try_acquire_takes_a_free_permit_or_changes_nothing (failed)
//! idea: A permit that I make and do not hand out has no effect.

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
        let mut free = self.free.lock().unwrap();
        while *free == 0 {
            free = self.freed.wait(free).unwrap();
        }
        *free -= 1;
        Permit { semaphore: self }
    }

    pub fn try_acquire(&self) -> Option<Permit<'_>> {
        self.take_one().then_some(Permit { semaphore: self })
    }

    pub fn add_permits(&self, n: usize) {
        *self.free.lock().unwrap() += n;
        self.freed.notify_all();
    }

    pub fn available(&self) -> usize {
        *self.free.lock().unwrap()
    }

    fn take_one(&self) -> bool {
        let mut free = self.free.lock().unwrap();
        let some_free = *free > 0;
        if some_free {
            *free -= 1;
        }
        some_free
    }
}

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        *self.semaphore.free.lock().unwrap() += 1;
        self.semaphore.freed.notify_one();
    }
}
