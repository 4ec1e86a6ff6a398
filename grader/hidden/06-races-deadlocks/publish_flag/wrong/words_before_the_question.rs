//! caught by: a_reader_sees_nothing_or_the_whole_pair (failed)
//! idea: With `SeqCst` it does not matter whether the words or the flag are read first.

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
        if self.state.compare_exchange(EMPTY, WRITING, Ordering::SeqCst, Ordering::SeqCst).is_err() {
            return false;
        }
        self.a.store(a, Ordering::SeqCst);
        self.b.store(b, Ordering::SeqCst);
        self.state.store(READY, Ordering::SeqCst);
        true
    }

    pub fn read(&self) -> Option<(u64, u64)> {
        let pair = (self.a.load(Ordering::SeqCst), self.b.load(Ordering::SeqCst));
        (self.state.load(Ordering::SeqCst) == READY).then_some(pair)
    }
}
