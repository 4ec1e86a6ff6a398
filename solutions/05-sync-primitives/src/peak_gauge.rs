//! # `peak-gauge`: how many are inside, and how many were there at most
//!
//! - `current` is the number of live guards, `peak` the largest number that ever lived at once.
//! - Once no `enter` is under way, `peak` is at least every value that `current` ever returned.
//! - Leaving is dropping: in any order, on any thread, and by a panic just as well.
//! - What others did is in the numbers for a thread that has heard of it; nothing else is ordered.

use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

// Why `Relaxed` is enough: the read-modify-writes of one atomic stand in one order, whatever their `Ordering`, and
// each sees the one before it. The two words never have to agree with each other at any moment, and nobody concludes
// from either of them that other memory is ready. Whoever learns of an `enter` by a join, a lock or a channel sees
// its effects because of that. `SeqCst` would cost more and promise nothing that the contract asks for.

/// Counts who is inside, and remembers the most there ever were.
#[derive(Debug, Default)]
pub struct PeakGauge {
    current: AtomicUsize,
    peak: AtomicUsize,
}

/// Somebody is inside for as long as this value lives.
#[derive(Debug)]
#[must_use = "dropping the guard is leaving"]
pub struct GaugeGuard<'a> {
    gauge: &'a PeakGauge,
}

impl PeakGauge {
    /// A gauge with nobody inside.
    pub fn new() -> Self {
        Self::default()
    }

    /// Enters; dropping the guard leaves.
    pub fn enter(&self) -> GaugeGuard<'_> {
        // The count that this step made. A `load` afterwards would be a second moment: somebody may have left by then,
        // and the count that was the peak is gone before anybody has noted it.
        let count = self.current.fetch_add(1, Relaxed) + 1;
        // Not `if count > peak.load() { peak.store(count) }`: between the two a larger count may be stored, and this
        // store would bury it. `fetch_max` compares and writes in one step.
        self.peak.fetch_max(count, Relaxed);
        GaugeGuard { gauge: self }
    }

    /// How many guards live.
    pub fn current(&self) -> usize {
        self.current.load(Relaxed)
    }

    /// The largest number of guards that ever lived at once.
    pub fn peak(&self) -> usize {
        self.peak.load(Relaxed)
    }
}

// A method `leave(self)` would be forgotten by an early return and skipped by a panic. A drop is neither.
impl Drop for GaugeGuard<'_> {
    fn drop(&mut self) {
        self.gauge.current.fetch_sub(1, Relaxed);
    }
}
