//! caught by: waiting_for_an_hour_is_one_step (livelocked)
//! idea: To sleep for a millisecond between two looks costs nothing.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

pub struct CountingSemaphore {
    free: AtomicUsize,
}

pub struct Permit<'a> {
    semaphore: &'a CountingSemaphore,
}

impl CountingSemaphore {
    pub fn new(permits: usize) -> Self {
        Self { free: AtomicUsize::new(permits) }
    }

    pub fn acquire(&self) -> Permit<'_> {
        loop {
            if let Some(permit) = self.try_acquire() {
                return permit;
            }
            thread::sleep(Duration::from_millis(1));
        }
    }

    pub fn try_acquire(&self) -> Option<Permit<'_>> {
        let take = self.free.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |free| free.checked_sub(1));
        take.is_ok().then(|| Permit { semaphore: self })
    }

    pub fn add_permits(&self, n: usize) {
        self.free.fetch_add(n, Ordering::SeqCst);
    }

    pub fn available(&self) -> usize {
        self.free.load(Ordering::SeqCst)
    }
}

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        self.semaphore.free.fetch_add(1, Ordering::SeqCst);
    }
}
