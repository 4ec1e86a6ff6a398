//! right: the words are not atomic at all; only the state is.

#![allow(unsafe_code)]

use std::cell::UnsafeCell;
use std::sync::atomic::{AtomicU8, Ordering};

pub struct Published {
    state: AtomicU8,
    pair: UnsafeCell<(u64, u64)>,
}

// SAFETY: the pair is written once, by the one who took the state from 0 to 1, and read only after 2 was acquired.
unsafe impl Sync for Published {}

impl Published {
    pub fn new() -> Self {
        Self { state: AtomicU8::new(0), pair: UnsafeCell::new((0, 0)) }
    }

    pub fn publish(&self, a: u64, b: u64) -> bool {
        let first = self.state.compare_exchange(0, 1, Ordering::Relaxed, Ordering::Relaxed).is_ok();
        if first {
            // SAFETY: nobody else gets here, and nobody reads before the state is 2.
            unsafe { *self.pair.get() = (a, b) };
            self.state.store(2, Ordering::Release);
        }
        first
    }

    pub fn read(&self) -> Option<(u64, u64)> {
        if self.state.load(Ordering::Acquire) != 2 {
            return None;
        }
        // SAFETY: the state is 2, so nobody writes any more.
        Some(unsafe { *self.pair.get() })
    }
}
