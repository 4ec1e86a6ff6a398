//! caught by: a_permit_that_is_owed_to_nobody_can_be_taken (failed)
//! idea: As long as somebody waits there is no free permit.

use std::sync::{Condvar, Mutex};

pub struct CountingSemaphore {
    state: Mutex<State>,
    freed: Condvar,
}

struct State {
    free: usize,
    waiting: usize,
}

pub struct Permit<'a> {
    semaphore: &'a CountingSemaphore,
}

impl CountingSemaphore {
    pub fn new(permits: usize) -> Self {
        Self { state: Mutex::new(State { free: permits, waiting: 0 }), freed: Condvar::new() }
    }

    pub fn acquire(&self) -> Permit<'_> {
        let mut state = self.state.lock().unwrap();
        state.waiting += 1;
        while state.free == 0 {
            state = self.freed.wait(state).unwrap();
        }
        state.waiting -= 1;
        state.free -= 1;
        Permit { semaphore: self }
    }

    pub fn try_acquire(&self) -> Option<Permit<'_>> {
        let mut state = self.state.lock().unwrap();
        // Those who wait come first.
        if state.waiting > 0 {
            return None;
        }
        state.free = state.free.checked_sub(1)?;
        Some(Permit { semaphore: self })
    }

    pub fn add_permits(&self, n: usize) {
        self.state.lock().unwrap().free += n;
        self.freed.notify_all();
    }

    pub fn available(&self) -> usize {
        self.state.lock().unwrap().free
    }
}

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        self.semaphore.state.lock().unwrap().free += 1;
        self.semaphore.freed.notify_one();
    }
}
