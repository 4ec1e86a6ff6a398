//! verdict: deadlocked
//! does: takes two locks, every other time in the other order.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

#[derive(Default)]
pub struct SharedCount {
    count: Mutex<u64>,
    log: Mutex<Vec<u64>>,
    turn: AtomicBool,
}

impl SharedCount {
    pub fn add(&self) {
        if self.turn.fetch_not(Ordering::SeqCst) {
            let mut log = self.log.lock().unwrap();
            let mut count = self.count.lock().unwrap();
            *count += 1;
            log.push(*count);
        } else {
            let mut count = self.count.lock().unwrap();
            let mut log = self.log.lock().unwrap();
            *count += 1;
            log.push(*count);
        }
    }

    pub fn get(&self) -> u64 {
        *self.count.lock().unwrap()
    }
}
