//! Votes that are counted, and a report that reads twice.

use std::sync::RwLock;
use std::thread;

// ANCHOR: two_reads
/// Votes for and against.
#[derive(Default)]
pub struct Votes {
    counts: RwLock<Counts>,
}

#[derive(Default)]
struct Counts {
    yes: u32,
    no: u32,
}

impl Votes {
    /// One vote more.
    pub fn cast(&self, yes: bool) {
        let mut counts = self.counts.write().unwrap();
        if yes { counts.yes += 1 } else { counts.no += 1 }
    }

    /// How many there are.
    pub fn total(&self) -> u32 {
        let counts = self.counts.read().unwrap();
        counts.yes + counts.no
    }

    /// The state of things, in words.
    pub fn announce(&self) -> String {
        let counts = self.counts.read().unwrap();
        format!("{} of {} are for it", counts.yes, self.total())
    }
}
// ANCHOR_END: two_reads

// ANCHOR: one_read
impl Counts {
    // Private, and without a lock: whoever has the guard calls this.
    fn total(&self) -> u32 {
        self.yes + self.no
    }
}

impl Votes {
    /// The state of things, in words. Locks once, and calls only what does not lock.
    pub fn announce_with_one_read(&self) -> String {
        let counts = self.counts.read().unwrap();
        format!("{} of {} are for it", counts.yes, counts.total())
    }
}
// ANCHOR_END: one_read

/// Somebody votes while the votes are announced.
pub fn announce_during_a_vote(announce: fn(&Votes) -> String) {
    let votes = Votes::default();
    let announced = thread::scope(|scope| {
        scope.spawn(|| votes.cast(true));
        announce(&votes)
    });
    assert!(["0 of 0 are for it", "1 of 1 are for it"].contains(&announced.as_str()), "{announced}");
}
