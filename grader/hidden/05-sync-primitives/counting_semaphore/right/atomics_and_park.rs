//! right: an atomic count that anybody may take from; those who find nothing register, look once more, and park.
//! A wake-up that comes too late to be of use is passed on.

use std::collections::VecDeque;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::{self, Thread};

pub struct CountingSemaphore {
    free: AtomicUsize,
    sleepers: Mutex<VecDeque<Thread>>,
}

pub struct Permit<'a> {
    semaphore: &'a CountingSemaphore,
}

impl CountingSemaphore {
    pub fn new(permits: usize) -> Self {
        Self { free: AtomicUsize::new(permits), sleepers: Mutex::new(VecDeque::new()) }
    }

    pub fn acquire(&self) -> Permit<'_> {
        loop {
            if let Some(permit) = self.try_acquire() {
                return permit;
            }
            let me = thread::current();
            self.sleepers.lock().unwrap().push_back(me.clone());
            // What came back before we were on the list has woken nobody for us.
            if let Some(permit) = self.try_acquire() {
                let mut sleepers = self.sleepers.lock().unwrap();
                match sleepers.iter().position(|sleeper| sleeper.id() == me.id()) {
                    Some(at) => drop(sleepers.remove(at)),
                    // Somebody has taken us off the list to wake us. Let that be for another one.
                    None => wake(&mut sleepers, 1),
                }
                return permit;
            }
            thread::park();
            // If we woke up for no reason we are on the list still, and once is enough.
            self.sleepers.lock().unwrap().retain(|sleeper| sleeper.id() != me.id());
        }
    }

    pub fn try_acquire(&self) -> Option<Permit<'_>> {
        let take = |free: usize| free.checked_sub(1);
        self.free.fetch_update(Ordering::SeqCst, Ordering::SeqCst, take).ok()?;
        Some(Permit { semaphore: self })
    }

    pub fn add_permits(&self, n: usize) {
        self.free.fetch_add(n, Ordering::SeqCst);
        wake(&mut self.sleepers.lock().unwrap(), n);
    }

    pub fn available(&self) -> usize {
        self.free.load(Ordering::SeqCst)
    }
}

fn wake(sleepers: &mut VecDeque<Thread>, n: usize) {
    let n = n.min(sleepers.len());
    for sleeper in sleepers.drain(..n) {
        sleeper.unpark();
    }
}

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        self.semaphore.add_permits(1);
    }
}
