//! right: no flag for the pair, and everything relaxed: each half of a word carries a bit that says it is there.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};

const THERE: u64 = 1 << 32;

pub struct Published {
    taken: AtomicBool,
    halves: [AtomicU64; 4],
}

impl Published {
    pub fn new() -> Self {
        Self { taken: AtomicBool::new(false), halves: [const { AtomicU64::new(0) }; 4] }
    }

    pub fn publish(&self, a: u64, b: u64) -> bool {
        if self.taken.swap(true, Relaxed) {
            return false;
        }
        for (half, value) in self.halves.iter().zip([a >> 32, a, b >> 32, b]) {
            half.store(value & (THERE - 1) | THERE, Relaxed);
        }
        true
    }

    pub fn read(&self) -> Option<(u64, u64)> {
        let mut values = [0; 4];
        for (half, value) in self.halves.iter().zip(&mut values) {
            let seen = half.load(Relaxed);
            if seen & THERE == 0 {
                return None;
            }
            *value = seen & (THERE - 1);
        }
        let [a_high, a_low, b_high, b_low] = values;
        Some((a_high << 32 | a_low, b_high << 32 | b_low))
    }
}
