//! right: one flag for the right to write and one for the words, everything `SeqCst`.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

#[derive(Debug, Default)]
pub struct Published {
    taken: AtomicBool,
    ready: AtomicBool,
    a: AtomicU64,
    b: AtomicU64,
}

impl Published {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn publish(&self, a: u64, b: u64) -> bool {
        if self.taken.swap(true, Ordering::SeqCst) {
            return false;
        }
        self.a.store(a, Ordering::SeqCst);
        self.b.store(b, Ordering::SeqCst);
        self.ready.store(true, Ordering::SeqCst);
        true
    }

    pub fn read(&self) -> Option<(u64, u64)> {
        if !self.ready.load(Ordering::SeqCst) {
            return None;
        }
        Some((self.a.load(Ordering::SeqCst), self.b.load(Ordering::SeqCst)))
    }
}
