//! caught by: a_stopped_publisher_holds_up_nobody (livelocked)
//! idea: Somebody is writing already, so the pair will be there in no time; I look again.

use std::hint;
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
        if self.state.compare_exchange(EMPTY, WRITING, Ordering::Relaxed, Ordering::Relaxed).is_err() {
            return false;
        }
        self.a.store(a, Ordering::Relaxed);
        self.b.store(b, Ordering::Relaxed);
        self.state.store(READY, Ordering::Release);
        true
    }

    pub fn read(&self) -> Option<(u64, u64)> {
        loop {
            match self.state.load(Ordering::Acquire) {
                READY => return Some((self.a.load(Ordering::Relaxed), self.b.load(Ordering::Relaxed))),
                WRITING => hint::spin_loop(),
                _ => return None,
            }
        }
    }
}
