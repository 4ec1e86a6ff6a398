//! caught by: a_permit_that_comes_back_is_not_missed (deadlocked)
//! idea: First I look whether I have to wait, then I put myself on the list.

use std::collections::VecDeque;
use std::sync::Mutex;
use std::thread::{self, Thread};

pub struct CountingSemaphore {
    free: Mutex<usize>,
    waiting: Mutex<VecDeque<Thread>>,
}

pub struct Permit<'a> {
    semaphore: &'a CountingSemaphore,
}

impl CountingSemaphore {
    pub fn new(permits: usize) -> Self {
        Self { free: Mutex::new(permits), waiting: Mutex::new(VecDeque::new()) }
    }

    pub fn acquire(&self) -> Permit<'_> {
        loop {
            if let Some(permit) = self.try_acquire() {
                return permit;
            }
            self.waiting.lock().unwrap().push_back(thread::current());
            thread::park();
        }
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
        for _ in 0..n {
            self.give_back();
        }
    }

    pub fn available(&self) -> usize {
        *self.free.lock().unwrap()
    }

    fn give_back(&self) {
        *self.free.lock().unwrap() += 1;
        if let Some(thread) = self.waiting.lock().unwrap().pop_front() {
            thread.unpark();
        }
    }
}

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        self.semaphore.give_back();
    }
}
