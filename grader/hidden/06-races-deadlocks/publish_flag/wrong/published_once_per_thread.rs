//! caught by: threads_that_take_turns_read_the_first_pair (failed)
//! idea: A thread that remembers that it has published does not do it twice.

use std::cell::Cell;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

thread_local! {
    static HAS_PUBLISHED: Cell<bool> = const { Cell::new(false) };
}

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
        if HAS_PUBLISHED.replace(true) {
            return false;
        }
        self.a.store(a, Ordering::Relaxed);
        self.b.store(b, Ordering::Relaxed);
        self.ready.store(true, Ordering::Release);
        true
    }

    pub fn read(&self) -> Option<(u64, u64)> {
        let is_ready = self.ready.load(Ordering::Acquire);
        is_ready.then(|| (self.a.load(Ordering::Relaxed), self.b.load(Ordering::Relaxed)))
    }
}
