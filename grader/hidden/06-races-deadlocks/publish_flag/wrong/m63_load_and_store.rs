//! caught by: of_two_publishers_one_is_first (failed)
//! idea: An atomic flag that I look at and then set lets only one publisher through.

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
        if self.state.load(Ordering::Acquire) != EMPTY {
            return false;
        }
        self.state.store(WRITING, Ordering::Release);
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
