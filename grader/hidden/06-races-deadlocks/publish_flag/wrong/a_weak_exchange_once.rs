//! caught by: a_publisher_without_rivals_is_first (failed)
//! idea: The weak exchange is the faster one, and it fails only if somebody else was there.

use std::sync::atomic::{AtomicU8, AtomicU64, Ordering};

const EMPTY: u8 = 0;
const WRITING: u8 = 1;
const READY: u8 = 2;

#[derive(Debug, Default)]
pub struct Published {
    state: AtomicU8,
    a: AtomicU64,
    b: AtomicU64,
}

impl Published {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn publish(&self, a: u64, b: u64) -> bool {
        if self.state.compare_exchange_weak(EMPTY, WRITING, Ordering::Relaxed, Ordering::Relaxed).is_err() {
            return false;
        }
        self.a.store(a, Ordering::Relaxed);
        self.b.store(b, Ordering::Relaxed);
        self.state.store(READY, Ordering::Release);
        true
    }

    pub fn read(&self) -> Option<(u64, u64)> {
        let is_ready = self.state.load(Ordering::Acquire) == READY;
        is_ready.then(|| (self.a.load(Ordering::Relaxed), self.b.load(Ordering::Relaxed)))
    }
}
