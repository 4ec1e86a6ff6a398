//! verdict: livelocked
//! does: a lock of its own that the second caller never gets.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

#[derive(Default)]
pub struct SharedCount {
    busy: AtomicBool,
    count: AtomicU64,
}

impl SharedCount {
    pub fn add(&self) {
        while self.busy.swap(true, Ordering::SeqCst) {
            std::thread::yield_now();
        }
        self.count.fetch_add(1, Ordering::SeqCst);
    }

    pub fn get(&self) -> u64 {
        self.count.load(Ordering::SeqCst)
    }
}
