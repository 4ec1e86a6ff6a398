//! caught by: what_was_read_once_is_read_again (failed)
//! idea: Whoever wrote the last word is the one who has published.

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
        // Nobody came between: these are still my words.
        let mine = (self.a.load(Ordering::SeqCst), self.b.load(Ordering::SeqCst)) == (a, b);
        mine && self.ready.compare_exchange(false, true, Ordering::SeqCst, Ordering::SeqCst).is_ok()
    }

    pub fn read(&self) -> Option<(u64, u64)> {
        let is_ready = self.ready.load(Ordering::SeqCst);
        is_ready.then(|| (self.a.load(Ordering::SeqCst), self.b.load(Ordering::SeqCst)))
    }
}
