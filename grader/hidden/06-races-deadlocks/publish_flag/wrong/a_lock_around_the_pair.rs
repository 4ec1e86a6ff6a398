//! caught by: a_stopped_publisher_holds_up_nobody (deadlocked)
//! idea: The lock is held for two assignments only, so nobody has to wait for it.

use std::sync::Mutex;

#[derive(Debug, Default)]
pub struct Published {
    pair: Mutex<Option<(u64, u64)>>,
}

impl Published {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn publish(&self, a: u64, b: u64) -> bool {
        let mut pair = self.pair.lock().unwrap();
        if pair.is_some() {
            return false;
        }
        *pair = Some((a, b));
        true
    }

    pub fn read(&self) -> Option<(u64, u64)> {
        *self.pair.lock().unwrap()
    }
}
