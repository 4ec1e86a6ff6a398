//! caught by: of_two_publishers_one_is_first (failed)
//! idea: With `SeqCst` the words may be written before it is decided who is first.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

#[derive(Debug, Default)]
pub struct Published {
    ready: AtomicBool,
    a: AtomicU64,
    b: AtomicU64,
}

impl Published {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn publish(&self, a: u64, b: u64) -> bool {
        if self.ready.load(Ordering::SeqCst) {
            return false;
        }
        self.a.store(a, Ordering::SeqCst);
        self.b.store(b, Ordering::SeqCst);
        !self.ready.swap(true, Ordering::SeqCst)
    }

    pub fn read(&self) -> Option<(u64, u64)> {
        let is_ready = self.ready.load(Ordering::SeqCst);
        is_ready.then(|| (self.a.load(Ordering::Relaxed), self.b.load(Ordering::Relaxed)))
    }
}
