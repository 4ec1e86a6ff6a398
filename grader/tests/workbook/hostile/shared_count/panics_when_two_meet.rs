//! verdict: failed
//! does: takes a taken lock for an error.

use std::sync::Mutex;

#[derive(Default)]
pub struct SharedCount(Mutex<u64>);

impl SharedCount {
    pub fn add(&self) {
        *self.0.try_lock().expect("the lock is free") += 1;
    }

    pub fn get(&self) -> u64 {
        *self.0.lock().unwrap()
    }
}
