//! right: one notification for any number of permits; whoever takes one and leaves others behind wakes the next.

use std::sync::{Condvar, Mutex, MutexGuard};

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
        let free = self.free.lock().unwrap();
        self.take(self.freed.wait_while(free, |free| *free == 0).unwrap())
    }

    pub fn try_acquire(&self) -> Option<Permit<'_>> {
        let free = self.free.lock().unwrap();
        if *free == 0 { None } else { Some(self.take(free)) }
    }

    pub fn add_permits(&self, n: usize) {
        *self.free.lock().unwrap() += n;
        self.freed.notify_one();
    }

    pub fn available(&self) -> usize {
        *self.free.lock().unwrap()
    }

    fn take<'a>(&'a self, mut free: MutexGuard<'_, usize>) -> Permit<'a> {
        *free -= 1;
        if *free > 0 {
            self.freed.notify_one();
        }
        Permit { semaphore: self }
    }
}

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        self.semaphore.add_permits(1);
    }
}
