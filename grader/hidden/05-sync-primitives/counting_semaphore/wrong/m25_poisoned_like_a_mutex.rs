//! caught by: a_panic_poisons_nothing (failed)
//! idea: After a panic under a permit everybody should be warned, as a mutex does it.

use std::sync::{Condvar, Mutex};
use std::thread;

pub struct CountingSemaphore {
    state: Mutex<State>,
    freed: Condvar,
}

struct State {
    free: usize,
    poisoned: bool,
}

pub struct Permit<'a> {
    semaphore: &'a CountingSemaphore,
}

impl CountingSemaphore {
    pub fn new(permits: usize) -> Self {
        Self { state: Mutex::new(State { free: permits, poisoned: false }), freed: Condvar::new() }
    }

    pub fn acquire(&self) -> Permit<'_> {
        self.try_wait().expect("a thread panicked while it held a permit")
    }

    pub fn try_acquire(&self) -> Option<Permit<'_>> {
        let mut state = self.state.lock().unwrap();
        if state.free == 0 {
            return None;
        }
        state.free -= 1;
        Some(Permit { semaphore: self })
    }

    pub fn add_permits(&self, n: usize) {
        self.state.lock().unwrap().free += n;
        self.freed.notify_all();
    }

    pub fn available(&self) -> usize {
        self.state.lock().unwrap().free
    }

    fn try_wait(&self) -> Option<Permit<'_>> {
        let state = self.state.lock().unwrap();
        let mut state = self.freed.wait_while(state, |state| state.free == 0).unwrap();
        if state.poisoned {
            return None;
        }
        state.free -= 1;
        Some(Permit { semaphore: self })
    }
}

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        let mut state = self.semaphore.state.lock().unwrap();
        state.free += 1;
        state.poisoned |= thread::panicking();
        drop(state);
        self.semaphore.freed.notify_one();
    }
}
