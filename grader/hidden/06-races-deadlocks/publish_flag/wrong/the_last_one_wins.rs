//! caught by: a_late_publisher_changes_nothing (failed)
//! idea: The return value says who was first; the newest pair is the one worth reading.

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
        let first = self.state.swap(WRITING, Ordering::AcqRel) == EMPTY;
        self.a.store(a, Ordering::Relaxed);
        self.b.store(b, Ordering::Relaxed);
        self.state.store(READY, Ordering::Release);
        first
    }

    pub fn read(&self) -> Option<(u64, u64)> {
        let is_ready = self.state.load(Ordering::Acquire) == READY;
        is_ready.then(|| (self.a.load(Ordering::Relaxed), self.b.load(Ordering::Relaxed)))
    }
}
