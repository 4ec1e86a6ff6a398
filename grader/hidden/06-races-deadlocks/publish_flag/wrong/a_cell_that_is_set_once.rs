//! caught by: a_stopped_publisher_holds_up_nobody (deadlocked)
//! idea: `OnceLock` is made for this, and setting it is a single call.

use std::sync::OnceLock;

#[derive(Debug, Default)]
pub struct Published {
    pair: OnceLock<(u64, u64)>,
}

impl Published {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn publish(&self, a: u64, b: u64) -> bool {
        self.pair.set((a, b)).is_ok()
    }

    pub fn read(&self) -> Option<(u64, u64)> {
        self.pair.get().copied()
    }
}
