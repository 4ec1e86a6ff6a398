//! right: two bits of one word; late publishers set the first bit again, which takes nothing from the release of the second.

use std::sync::atomic::{AtomicU8, AtomicU64, Ordering};

const TAKEN: u8 = 0b01;
const READY: u8 = 0b10;

pub struct Published {
    bits: AtomicU8,
    a: AtomicU64,
    b: AtomicU64,
}

impl Published {
    pub fn new() -> Self {
        Self { bits: AtomicU8::new(0), a: AtomicU64::new(0), b: AtomicU64::new(0) }
    }

    pub fn publish(&self, a: u64, b: u64) -> bool {
        if self.bits.fetch_or(TAKEN, Ordering::Relaxed) & TAKEN != 0 {
            return false;
        }
        self.a.store(a, Ordering::Relaxed);
        self.b.store(b, Ordering::Relaxed);
        self.bits.fetch_or(READY, Ordering::Release);
        true
    }

    pub fn read(&self) -> Option<(u64, u64)> {
        if self.bits.load(Ordering::Acquire) & READY == 0 {
            return None;
        }
        Some((self.a.load(Ordering::Relaxed), self.b.load(Ordering::Relaxed)))
    }
}
