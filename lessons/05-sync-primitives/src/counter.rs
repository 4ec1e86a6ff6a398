//! A number that several threads count up.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;

// ANCHOR: as_in_go
/// The counter as it comes from Go: a number, and a lock for it.
#[derive(Default)]
pub struct SafeCounter {
    count: Mutex<u64>,
}

impl SafeCounter {
    /// One more.
    pub fn increment(&self) {
        *self.count.lock().unwrap() += 1;
    }

    /// How many so far.
    pub fn value(&self) -> u64 {
        *self.count.lock().unwrap()
    }
}
// ANCHOR_END: as_in_go

// ANCHOR: atomic
/// The counter as Rust likes it: one word, changed by one instruction.
#[derive(Default)]
pub struct AtomicCounter(AtomicU64);

impl AtomicCounter {
    /// One more.
    pub fn increment(&self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }

    /// How many so far.
    pub fn value(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}
// ANCHOR_END: atomic

// Wrong on purpose: loses increments.
// ANCHOR: two_instructions
/// An atomic number, changed by two instructions.
#[derive(Default)]
pub struct TwoInstructions(AtomicU64);

impl TwoInstructions {
    /// One more.
    pub fn increment(&self) {
        let count = self.0.load(Ordering::SeqCst);
        self.0.store(count + 1, Ordering::SeqCst);
    }
}
// ANCHOR_END: two_instructions

impl TwoInstructions {
    /// How many so far.
    pub fn value(&self) -> u64 {
        self.0.load(Ordering::SeqCst)
    }
}

// ANCHOR: tickets
/// Hands out numbers, each of them once.
#[derive(Default)]
pub struct Tickets(AtomicU64);

impl Tickets {
    /// The next number.
    pub fn next(&self) -> u64 {
        self.0.fetch_add(1, Ordering::Relaxed)
    }
}
// ANCHOR_END: tickets

impl Tickets {
    /// Wrong: the number that is there now, which need not be the one that this call has made.
    pub fn next_in_two_steps(&self) -> u64 {
        self.0.fetch_add(1, Ordering::SeqCst);
        self.0.load(Ordering::SeqCst) - 1
    }
}

/// Two threads count, once each.
pub fn two_threads() {
    let counter = Arc::new(TwoInstructions::default());
    let other = {
        let counter = counter.clone();
        thread::spawn(move || counter.increment())
    };
    counter.increment();
    other.join().unwrap();
    assert_eq!(counter.value(), 2);
}
