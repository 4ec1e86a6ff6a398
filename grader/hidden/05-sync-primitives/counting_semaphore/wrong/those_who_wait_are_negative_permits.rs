//! caught by: available_is_the_number_of_free_permits (failed)
//! idea: Below zero the count says how many wait; nobody looks at it then.

use std::sync::{Condvar, Mutex};

pub struct CountingSemaphore {
    state: Mutex<State>,
    freed: Condvar,
}

struct State {
    balance: isize,
    wake_ups: usize,
}

pub struct Permit<'a> {
    semaphore: &'a CountingSemaphore,
}

impl CountingSemaphore {
    pub fn new(permits: usize) -> Self {
        let balance = permits as isize;
        Self { state: Mutex::new(State { balance, wake_ups: 0 }), freed: Condvar::new() }
    }

    pub fn acquire(&self) -> Permit<'_> {
        let mut state = self.state.lock().unwrap();
        state.balance -= 1;
        if state.balance < 0 {
            state = self.freed.wait_while(state, |state| state.wake_ups == 0).unwrap();
            state.wake_ups -= 1;
        }
        Permit { semaphore: self }
    }

    pub fn try_acquire(&self) -> Option<Permit<'_>> {
        let mut state = self.state.lock().unwrap();
        if state.balance <= 0 {
            return None;
        }
        state.balance -= 1;
        Some(Permit { semaphore: self })
    }

    pub fn add_permits(&self, n: usize) {
        for _ in 0..n {
            self.give_back();
        }
    }

    pub fn available(&self) -> usize {
        self.state.lock().unwrap().balance as usize
    }

    fn give_back(&self) {
        let mut state = self.state.lock().unwrap();
        state.balance += 1;
        if state.balance <= 0 {
            state.wake_ups += 1;
            self.freed.notify_one();
        }
    }
}

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        self.semaphore.give_back();
    }
}
