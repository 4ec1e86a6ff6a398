//! right: all accesses relaxed, and two fences: before the flag is stored and after it was seen.

use std::sync::atomic::{AtomicU8, AtomicU64, Ordering, fence};

#[derive(Default)]
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
        if self.state.compare_exchange(0, 1, Ordering::Relaxed, Ordering::Relaxed).is_err() {
            return false;
        }
        self.a.store(a, Ordering::Relaxed);
        self.b.store(b, Ordering::Relaxed);
        fence(Ordering::Release);
        self.state.store(2, Ordering::Relaxed);
        true
    }

    pub fn read(&self) -> Option<(u64, u64)> {
        if self.state.load(Ordering::Relaxed) != 2 {
            return None;
        }
        fence(Ordering::Acquire);
        Some((self.a.load(Ordering::Relaxed), self.b.load(Ordering::Relaxed)))
    }
}
