//! caught by: a_published_pair_stays (failed)
//! idea: A publication is a message, and a message is received once.

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
        if self.state.compare_exchange(EMPTY, WRITING, Ordering::Acquire, Ordering::Relaxed).is_err() {
            return false;
        }
        self.a.store(a, Ordering::Relaxed);
        self.b.store(b, Ordering::Relaxed);
        self.state.store(READY, Ordering::Release);
        true
    }

    pub fn read(&self) -> Option<(u64, u64)> {
        let was_ready = self.state.compare_exchange(READY, EMPTY, Ordering::Acquire, Ordering::Relaxed).is_ok();
        was_ready.then(|| (self.a.load(Ordering::Relaxed), self.b.load(Ordering::Relaxed)))
    }
}
