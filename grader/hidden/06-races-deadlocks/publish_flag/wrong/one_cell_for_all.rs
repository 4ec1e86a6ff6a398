//! caught by: each_cell_is_published_for_itself (failed)
//! idea: There is one publication in a program, so it may be static.

use std::sync::atomic::{AtomicU8, AtomicU64, Ordering};

static STATE: AtomicU8 = AtomicU8::new(0);
static WORDS: [AtomicU64; 2] = [AtomicU64::new(0), AtomicU64::new(0)];

#[derive(Debug, Default)]
pub struct Published {}

impl Published {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn publish(&self, a: u64, b: u64) -> bool {
        if STATE.compare_exchange(0, 1, Ordering::Acquire, Ordering::Relaxed).is_err() {
            return false;
        }
        WORDS[0].store(a, Ordering::Relaxed);
        WORDS[1].store(b, Ordering::Relaxed);
        STATE.store(2, Ordering::Release);
        true
    }

    pub fn read(&self) -> Option<(u64, u64)> {
        let is_ready = STATE.load(Ordering::Acquire) == 2;
        is_ready.then(|| (WORDS[0].load(Ordering::Relaxed), WORDS[1].load(Ordering::Relaxed)))
    }
}
