//! caught by: a_reader_sees_nothing_or_the_whole_pair (failed)
//! idea: A fence at the end of `publish` flushes everything to the other threads.

use std::sync::atomic::{AtomicU8, AtomicU64, Ordering, fence};

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
        if self.state.compare_exchange(EMPTY, WRITING, Ordering::Relaxed, Ordering::Relaxed).is_err() {
            return false;
        }
        self.a.store(a, Ordering::Relaxed);
        self.b.store(b, Ordering::Relaxed);
        self.state.store(READY, Ordering::Relaxed);
        fence(Ordering::Release);
        true
    }

    pub fn read(&self) -> Option<(u64, u64)> {
        let is_ready = self.state.load(Ordering::Relaxed) == READY;
        fence(Ordering::Acquire);
        is_ready.then(|| (self.a.load(Ordering::Relaxed), self.b.load(Ordering::Relaxed)))
    }
}
