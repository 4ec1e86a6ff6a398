//! verdict: failed
//! does: looks and writes in two steps; only a schedule in between shows it.

use std::sync::Mutex;

#[derive(Default)]
pub struct SharedCount(Mutex<u64>);

impl SharedCount {
    pub fn add(&self) {
        let before = self.get();
        *self.0.lock().unwrap() = before + 1;
    }

    pub fn get(&self) -> u64 {
        *self.0.lock().unwrap()
    }
}
