//! The highest score so far: three ways to read first and then write.

use std::sync::RwLock;
use std::thread;

// ANCHOR: upgrade
/// The highest score so far. Many look at it, and few beat it.
#[derive(Default)]
pub struct Record {
    best: RwLock<u32>,
}

impl Record {
    /// Takes `score` down if it is higher than all before; says whether it was.
    pub fn offer_upgrading(&self, score: u32) -> bool {
        let best = self.best.read().unwrap();
        if score <= *best {
            return false;
        }
        *self.best.write().unwrap() = score;
        true
    }
}
// ANCHOR_END: upgrade

// ANCHOR: gap
impl Record {
    /// Takes `score` down if it is higher than all before; says whether it was.
    pub fn offer_with_a_gap(&self, score: u32) -> bool {
        let best = *self.best.read().unwrap();
        if score <= best {
            return false;
        }
        *self.best.write().unwrap() = score;
        true
    }
}
// ANCHOR_END: gap

// ANCHOR: look_again
impl Record {
    /// Takes `score` down if it is higher than all before; says whether it was.
    pub fn offer(&self, score: u32) -> bool {
        let best = *self.best.read().unwrap();
        if score <= best {
            return false;
        }
        let mut best = self.best.write().unwrap();
        // Between the two locks there was none: somebody may have been faster, and better.
        if score <= *best {
            return false;
        }
        *best = score;
        true
    }
}
// ANCHOR_END: look_again

impl Record {
    /// The highest score so far.
    pub fn best(&self) -> u32 {
        *self.best.read().unwrap()
    }
}

/// Two scores come in at the same time, and the better one has to stay.
pub fn best_of_two(offer: fn(&Record, u32) -> bool) {
    let record = Record::default();
    thread::scope(|scope| {
        scope.spawn(|| offer(&record, 20));
        offer(&record, 10);
    });
    assert_eq!(record.best(), 20, "a record was lost");
}
