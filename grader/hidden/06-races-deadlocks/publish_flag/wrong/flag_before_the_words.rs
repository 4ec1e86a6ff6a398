//! caught by: a_reader_sees_nothing_or_the_whole_pair (failed)
//! idea: One flag can say both that the place is taken and that the words are there.

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
        if self.ready.swap(true, Ordering::SeqCst) {
            return false;
        }
        self.a.store(a, Ordering::SeqCst);
        self.b.store(b, Ordering::SeqCst);
        true
    }

    pub fn read(&self) -> Option<(u64, u64)> {
        let is_ready = self.ready.load(Ordering::SeqCst);
        is_ready.then(|| (self.a.load(Ordering::Relaxed), self.b.load(Ordering::Relaxed)))
    }
}
