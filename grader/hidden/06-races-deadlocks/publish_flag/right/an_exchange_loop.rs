//! right: a weak exchange that is tried until it succeeds or somebody was first.

use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

pub struct Published {
    state: AtomicUsize,
    a: AtomicU64,
    b: AtomicU64,
}

impl Published {
    pub fn new() -> Self {
        Self { state: AtomicUsize::new(0), a: AtomicU64::new(0), b: AtomicU64::new(0) }
    }

    pub fn publish(&self, a: u64, b: u64) -> bool {
        let take = |state| (state == 0).then_some(1);
        if self.state.fetch_update(Ordering::AcqRel, Ordering::Acquire, take).is_err() {
            return false;
        }
        self.a.store(a, Ordering::Relaxed);
        self.b.store(b, Ordering::Relaxed);
        self.state.fetch_add(1, Ordering::AcqRel);
        true
    }

    pub fn read(&self) -> Option<(u64, u64)> {
        match self.state.load(Ordering::Acquire) {
            2 => Some((self.a.load(Ordering::Relaxed), self.b.load(Ordering::Relaxed))),
            _ => None,
        }
    }
}
