//! right: a queue of parked threads; whoever gives a permit back hands it to the first of them. Nobody overtakes.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::{self, Thread};

pub struct CountingSemaphore {
    state: Mutex<State>,
}

struct State {
    /// Not zero only if nobody waits.
    free: usize,
    waiting: VecDeque<Arc<Waiter>>,
}

struct Waiter {
    thread: Thread,
    has_a_permit: AtomicBool,
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
            let me = Arc::new(Waiter { thread: thread::current(), has_a_permit: AtomicBool::new(false) });
            state.waiting.push_back(me.clone());
            drop(state);
            while !me.has_a_permit.load(Ordering::Acquire) {
                thread::park();
            }
        }
        Permit { semaphore: self }
    }

    pub fn try_acquire(&self) -> Option<Permit<'_>> {
        let mut state = self.state.lock().unwrap();
        state.free = state.free.checked_sub(1)?;
        drop(state);
        Some(Permit { semaphore: self })
    }

    pub fn add_permits(&self, n: usize) {
        let mut state = self.state.lock().unwrap();
        let owed = n.min(state.waiting.len());
        state.free += n - owed;
        let served: Vec<_> = state.waiting.drain(..owed).collect();
        drop(state);
        for waiter in served {
            waiter.has_a_permit.store(true, Ordering::Release);
            waiter.thread.unpark();
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
