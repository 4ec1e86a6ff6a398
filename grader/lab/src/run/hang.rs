//! Telling the kinds of hang apart under the paused clock.

use std::sync::atomic::{AtomicU64, Ordering};

/// How often anything was polled; counts tasks through the runtime's hook and the body through a wrapper.
static POLLS: AtomicU64 = AtomicU64::new(0);

/// Something is polled.
pub fn count_poll() {
    POLLS.fetch_add(1, Ordering::Relaxed);
}

/// Polls so far.
pub fn polls() -> u64 {
    POLLS.load(Ordering::Relaxed)
}
