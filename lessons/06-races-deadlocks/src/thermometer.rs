//! A temperature that one thread reports and others read, without a lock.

use std::sync::atomic::{AtomicBool, AtomicI32, Ordering};
use std::thread;

// ANCHOR: relaxed
/// A temperature, once there is one.
#[derive(Default)]
pub struct Thermometer {
    celsius: AtomicI32,
    is_there: AtomicBool,
}

impl Thermometer {
    /// Called once.
    pub fn report_relaxed(&self, celsius: i32) {
        self.celsius.store(celsius, Ordering::Relaxed);
        self.is_there.store(true, Ordering::Relaxed);
    }

    /// The temperature, if there is one.
    pub fn read_relaxed(&self) -> Option<i32> {
        if !self.is_there.load(Ordering::Relaxed) {
            return None;
        }
        Some(self.celsius.load(Ordering::Relaxed))
    }
}
// ANCHOR_END: relaxed

// ANCHOR: ordered
impl Thermometer {
    /// Called once.
    pub fn report(&self, celsius: i32) {
        self.celsius.store(celsius, Ordering::Relaxed);
        // Whoever sees this has also seen what stands above it …
        self.is_there.store(true, Ordering::Release);
    }

    /// The temperature, if there is one.
    pub fn read(&self) -> Option<i32> {
        // … provided that they look like this.
        if !self.is_there.load(Ordering::Acquire) {
            return None;
        }
        Some(self.celsius.load(Ordering::Relaxed))
    }
}
// ANCHOR_END: ordered

/// Somebody reads while it becomes 21 degrees: there is no temperature yet, or it is right.
pub fn read_during_the_report(report: fn(&Thermometer, i32), read: fn(&Thermometer) -> Option<i32>) {
    let thermometer = Thermometer::default();
    let read = thread::scope(|scope| {
        scope.spawn(|| report(&thermometer, 21));
        read(&thermometer)
    });
    assert!([None, Some(21)].contains(&read), "{read:?} was never reported");
}
