//! A position on a map: two numbers that belong together, and no lock.

use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering};
use std::thread;

// ANCHOR: two_words
/// Where a ship is, as far as is known.
#[derive(Default)]
pub struct Position {
    x: AtomicU32,
    y: AtomicU32,
    is_known: AtomicBool,
}

impl Position {
    /// The ship is at this place now.
    pub fn set(&self, x: u32, y: u32) {
        self.x.store(x, Ordering::SeqCst);
        self.y.store(y, Ordering::SeqCst);
        self.is_known.store(true, Ordering::SeqCst);
    }

    /// Where it is, once that is known.
    pub fn get(&self) -> Option<(u32, u32)> {
        if !self.is_known.load(Ordering::SeqCst) {
            return None;
        }
        Some((self.x.load(Ordering::SeqCst), self.y.load(Ordering::SeqCst)))
    }
}
// ANCHOR_END: two_words

// ANCHOR: one_word
/// Where a ship is: both numbers in one word. Every store is a place, and every load.
#[derive(Default)]
pub struct Place(AtomicU64);

impl Place {
    /// The ship is at this place now.
    pub fn set(&self, x: u32, y: u32) {
        self.0.store(u64::from(x) << 32 | u64::from(y), Ordering::Relaxed);
    }

    /// Where it is; at first, at the origin.
    pub fn get(&self) -> (u32, u32) {
        let both = self.0.load(Ordering::Relaxed);
        ((both >> 32) as u32, both as u32)
    }
}
// ANCHOR_END: one_word

/// A ship sails from (1, 1) to (2, 2), and somebody looks where it is.
pub fn look_while_it_sails() {
    let position = Position::default();
    position.set(1, 1);
    let seen = thread::scope(|scope| {
        scope.spawn(|| position.set(2, 2));
        position.get()
    });
    assert!([Some((1, 1)), Some((2, 2))].contains(&seen), "the ship was never at {seen:?}");
}

/// The same with both numbers in one word.
pub fn look_at_one_word() {
    let place = Place::default();
    place.set(1, 1);
    let seen = thread::scope(|scope| {
        scope.spawn(|| place.set(2, 2));
        place.get()
    });
    assert!([(1, 1), (2, 2)].contains(&seen), "the ship was never at {seen:?}");
}
