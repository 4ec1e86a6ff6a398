//! caught by: as_many_go_on_at_once_as_permits_are_added (failed)
//! idea: Whoever wakes up finds the other permits, and the next one will be woken when it is done.

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
        loop {
            let mut state = self.state.lock().unwrap();
            if state.free > 0 {
                state.free -= 1;
                return Permit { semaphore: self };
            }
            state.waiting.push_back(thread::current());
            drop(state);
            thread::park();
        }
    }

    pub fn try_acquire(&self) -> Option<Permit<'_>> {
        let mut state = self.state.lock().unwrap();
        state.free = state.free.checked_sub(1)?;
        Some(Permit { semaphore: self })
    }

    pub fn add_permits(&self, n: usize) {
        let mut state = self.state.lock().unwrap();
        state.free += n;
        if let Some(thread) = state.waiting.pop_front() {
            thread.unpark();
        }
    }

    pub fn available(&self) -> usize {
        self.state.lock().unwrap().free
    }
}

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        self.semaphore.add_permits(1);
    }
}
