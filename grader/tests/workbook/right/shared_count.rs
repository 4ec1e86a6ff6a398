//! A count that threads share.

use std::sync::Mutex;

#[derive(Default)]
pub struct SharedCount(Mutex<u64>);

impl SharedCount {
    pub fn add(&self) {
        *self.0.lock().unwrap() += 1;
    }

    pub fn get(&self) -> u64 {
        *self.0.lock().unwrap()
    }
}
