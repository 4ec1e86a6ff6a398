//! caught by: of_two_publishers_one_is_first (failed)
//! idea: Two words that are each published once make a pair that is published once.

use std::sync::atomic::{AtomicU8, AtomicU64, Ordering};

const EMPTY: u8 = 0;
const WRITING: u8 = 1;
const READY: u8 = 2;

#[derive(Debug, Default)]
struct Word {
    state: AtomicU8,
    value: AtomicU64,
}

impl Word {
    fn set(&self, value: u64) -> bool {
        let first = self.state.compare_exchange(EMPTY, WRITING, Ordering::SeqCst, Ordering::SeqCst).is_ok();
        if first {
            self.value.store(value, Ordering::SeqCst);
            self.state.store(READY, Ordering::SeqCst);
        }
        first
    }

    fn get(&self) -> Option<u64> {
        (self.state.load(Ordering::SeqCst) == READY).then(|| self.value.load(Ordering::SeqCst))
    }
}

#[derive(Debug, Default)]
pub struct Published {
    a: Word,
    b: Word,
}

impl Published {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn publish(&self, a: u64, b: u64) -> bool {
        let (first_a, first_b) = (self.a.set(a), self.b.set(b));
        first_a && first_b
    }

    pub fn read(&self) -> Option<(u64, u64)> {
        Some((self.a.get()?, self.b.get()?))
    }
}
