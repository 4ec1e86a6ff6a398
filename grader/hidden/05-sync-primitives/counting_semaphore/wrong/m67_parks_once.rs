//! caught by: waking_up_is_not_having_a_permit (failed)
//! idea: `park` returns when somebody has called `unpark` for this permit, and only then.

use std::collections::VecDeque;
use std::sync::Mutex;
use std::thread::{self, Thread};

pub struct CountingSemaphore {
    state: Mutex<State>,
}

struct State {
    free: usize,
    waiting: VecDeque<Thread>,
}

pub struct Permit<'a> {
    semaphore: &'a CountingSemaphore,
}

impl CountingSemaphore {
    pub fn new(permits: usize) -> Self {
        Self { state: Mutex::new(State { free: permits, waiting: VecDeque::new() }) }
    }

    pub fn acquire(&self) -> Permit<'_> {
        let mut state = self.state.lock().unwrap();
        if state.free > 0 {
            state.free -= 1;
        } else {
            state.waiting.push_back(thread::current());
            drop(state);
            // Who wakes me leaves the permit to me.
            thread::park();
        }
        Permit { semaphore: self }
    }

    pub fn try_acquire(&self) -> Option<Permit<'_>> {
        let mut state = self.state.lock().unwrap();
        state.free = state.free.checked_sub(1)?;
        Some(Permit { semaphore: self })
    }

    pub fn add_permits(&self, n: usize) {
        for _ in 0..n {
            self.give_back();
        }
    }

    pub fn available(&self) -> usize {
        self.state.lock().unwrap().free
    }

    fn give_back(&self) {
        let mut state = self.state.lock().unwrap();
        match state.waiting.pop_front() {
            Some(thread) => thread.unpark(),
            None => state.free += 1,
        }
    }
}

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        self.semaphore.give_back();
    }
}
