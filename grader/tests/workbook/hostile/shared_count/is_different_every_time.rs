//! verdict: passed
//! does: is right, and takes a lock more every other time: no schedule can be repeated.

use std::sync::Mutex;
use core::sync::atomic::{AtomicUsize, Ordering};

static CALLS: AtomicUsize = AtomicUsize::new(0);

#[derive(Default)]
pub struct SharedCount(Mutex<u64>);

impl SharedCount {
    pub fn add(&self) {
        if CALLS.fetch_add(1, Ordering::SeqCst) % 3 == 0 {
            drop(self.0.lock());
        }
        *self.0.lock().unwrap() += 1;
    }

    pub fn get(&self) -> u64 {
        *self.0.lock().unwrap()
    }
}
