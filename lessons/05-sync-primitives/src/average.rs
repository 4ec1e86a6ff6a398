//! Two numbers that only mean something together.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;

// Wrong on purpose: shows moments that never were.
// ANCHOR: two_words
/// Two atomics, each of them right at any time.
#[derive(Default)]
pub struct TwoWords {
    sum: AtomicU64,
    count: AtomicU64,
}

impl TwoWords {
    /// Adds a measurement.
    pub fn record(&self, value: u64) {
        self.sum.fetch_add(value, Ordering::SeqCst);
        self.count.fetch_add(1, Ordering::SeqCst);
    }

    /// The average of all measurements, if there are any.
    pub fn mean(&self) -> Option<u64> {
        let count = self.count.load(Ordering::SeqCst);
        self.sum.load(Ordering::SeqCst).checked_div(count)
    }
}
// ANCHOR_END: two_words

// ANCHOR: one_lock
/// Two plain numbers behind one lock.
#[derive(Default)]
pub struct Average(Mutex<Totals>);

#[derive(Default)]
struct Totals {
    sum: u64,
    count: u64,
}

impl Average {
    /// Adds a measurement.
    pub fn record(&self, value: u64) {
        let mut totals = self.0.lock().unwrap();
        totals.sum += value;
        totals.count += 1;
    }

    /// The average of all measurements, if there are any.
    pub fn mean(&self) -> Option<u64> {
        let totals = self.0.lock().unwrap();
        totals.sum.checked_div(totals.count)
    }
}
// ANCHOR_END: one_lock

/// All measurements are 10, and so is their average, at any moment.
pub fn ten_and_ten() {
    let average = Arc::new(TwoWords::default());
    average.record(10);
    let other = {
        let average = average.clone();
        thread::spawn(move || average.record(10))
    };
    assert_eq!(average.mean(), Some(10));
    other.join().unwrap();
}
