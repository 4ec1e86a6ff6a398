//! caught by: of_two_publishers_one_is_first (failed)
//! idea: It is right when one thread tries it, line after line.

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
        if self.ready.load(Ordering::Relaxed) {
            return false;
        }
        self.a.store(a, Ordering::Relaxed);
        self.b.store(b, Ordering::Relaxed);
        self.ready.store(true, Ordering::Relaxed);
        true
    }

    pub fn read(&self) -> Option<(u64, u64)> {
        let is_ready = self.ready.load(Ordering::Relaxed);
        is_ready.then(|| (self.a.load(Ordering::Relaxed), self.b.load(Ordering::Relaxed)))
    }
}
