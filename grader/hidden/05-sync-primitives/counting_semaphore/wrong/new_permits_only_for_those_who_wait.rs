//! caught by: added_permits_that_nobody_waits_for_stay_free (failed)
//! idea: `add_permits` lets waiting threads go on; where nobody waits it has nothing to do.

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
        state.free = state.free.checked_sub(1)?;
        Some(Permit { semaphore: self })
    }

    pub fn add_permits(&self, n: usize) {
        let mut state = self.state.lock().unwrap();
        state.free += n.min(state.waiting);
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
