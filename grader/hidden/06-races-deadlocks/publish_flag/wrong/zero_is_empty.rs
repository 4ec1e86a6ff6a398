//! caught by: any_pair_can_be_published (failed)
//! idea: Words that are still zero have not been written.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

#[derive(Debug, Default)]
pub struct Published {
    taken: AtomicBool,
    a: AtomicU64,
    b: AtomicU64,
}

impl Published {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn publish(&self, a: u64, b: u64) -> bool {
        if self.taken.swap(true, Ordering::AcqRel) {
            return false;
        }
        self.a.store(a, Ordering::Release);
        self.b.store(b, Ordering::Release);
        true
    }

    pub fn read(&self) -> Option<(u64, u64)> {
        let (b, a) = (self.b.load(Ordering::Acquire), self.a.load(Ordering::Acquire));
        (a != 0 || b != 0).then_some((a, b))
    }
}
