//! caught by: any_pair_can_be_published (failed)
//! idea: Two numbers fit into one atomic word, and then there is nothing left to order.

use std::sync::atomic::{AtomicU64, Ordering};

const EMPTY: u64 = u64::MAX;

#[derive(Debug)]
pub struct Published(AtomicU64);

impl Published {
    pub fn new() -> Self {
        Self(AtomicU64::new(EMPTY))
    }

    pub fn publish(&self, a: u64, b: u64) -> bool {
        let word = a << 32 | b & 0xFFFF_FFFF;
        self.0.compare_exchange(EMPTY, word, Ordering::AcqRel, Ordering::Acquire).is_ok()
    }

    pub fn read(&self) -> Option<(u64, u64)> {
        match self.0.load(Ordering::Acquire) {
            EMPTY => None,
            word => Some((word >> 32, word & 0xFFFF_FFFF)),
        }
    }
}
