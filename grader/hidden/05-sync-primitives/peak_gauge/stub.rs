//! # `peak-gauge`: how many are inside, and how many were there at most
//!
//! Whoever enters gets a guard and leaves by dropping it. The gauge knows how many guards live, and the most that
//! ever lived at once.
//!
//! ```rust,ignore
//! let gauge = PeakGauge::new();
//! let _one = gauge.enter();
//! {
//!     let _other = gauge.enter();
//!     assert_eq!(gauge.current(), 2);
//! } // the other has left
//! assert_eq!(gauge.current(), 1);
//! assert_eq!(gauge.peak(), 2);
//! ```
//!
//! # The contract
//!
//! - **`current`** is the number of live guards. A guard lives from some moment inside `enter` to some moment inside
//!   its drop; `current` never returns a number that was not true at any moment.
//! - **`peak`** is the largest number of guards that ever lived at once. It never falls, and guards that take turns do
//!   not add up.
//! - **Up to date.** When `enter` returns, both numbers know of its guard. Once no `enter` is under way, `peak` is at
//!   least every value that `current` ever returned, however the threads took turns. While another thread is inside
//!   `enter`, `peak` may still be behind.
//! - **Together.** Any number of threads hold guards at the same time, and one thread may hold several. Nobody waits
//!   for a guard to leave. Two threads that both hold a guard leave a peak of at least 2.
//! - **Leaving** is dropping: in any order, on any thread, and by a panic just as well.
//! - **Bounds.** Up to 10 000 guards live at once, and any number of them over time. Each gauge counts for itself. A
//!   new one is at 0 and 0; `default()` is the same as `new()`.
//! - **Other threads.** What others did is in the numbers for a thread that has heard of it: by a join, a lock, a
//!   channel. Beyond that the gauge need not order anything: it counts.
//!
//! Two atomic steps are two moments. What may another thread do between them?

use std::marker::PhantomData;

/// Counts who is inside, and remembers the most there ever were.
#[derive(Debug, Default)]
pub struct PeakGauge {
    // own the ends: the gauge outlives its guards, and threads share it by reference
}

/// Somebody is inside for as long as this value lives.
#[derive(Debug)]
#[must_use = "dropping the guard is leaving"]
pub struct GaugeGuard<'a> {
    // stop: what has to run when a guard goes, and what does it need for that?
    gauge: PhantomData<&'a PeakGauge>,
}

impl PeakGauge {
    /// A gauge with nobody inside.
    pub fn new() -> Self {
        Self::default()
    }

    /// Enters; dropping the guard leaves.
    pub fn enter(&self) -> GaugeGuard<'_> {
        // run: count this one in, and raise the peak to the count that this very step made
        let _ = GaugeGuard { gauge: PhantomData };
        todo!("count one more, and remember the count if there never was a larger one")
    }

    /// How many guards live.
    pub fn current(&self) -> usize {
        todo!("say how many are inside")
    }

    /// The largest number of guards that ever lived at once.
    pub fn peak(&self) -> usize {
        todo!("say how many were inside at most")
    }
}
