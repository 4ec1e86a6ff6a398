//! # `publish-flag`: two words, published once, with atomics alone
//!
//! - `read` is `None` until a publication is complete, and then always the same pair: both words of one `publish`.
//! - `publish` returns `true` to exactly one caller, and their pair is the one that is read.
//! - Neither call waits for another: if a publisher is stopped at any point, all other calls still return.
//! - All of this holds in every order that the memory model allows.

use std::sync::atomic::{AtomicU8, AtomicU64, Ordering};

/// Nobody has come yet.
const EMPTY: u8 = 0;
/// Somebody has the right to write, and may be at it.
const WRITING: u8 = 1;
/// The words are there for good.
const READY: u8 = 2;

/// A pair of words that is published at most once.
#[derive(Debug, Default)]
pub struct Published {
    // Two values would not do: between "somebody is first" and "the words are there" lies the writing. With a `bool`,
    // either two publishers write, or readers come too early.
    state: AtomicU8,
    a: AtomicU64,
    b: AtomicU64,
}

impl Published {
    /// A cell without a publication.
    pub fn new() -> Self {
        Self::default()
    }

    /// Publishes the pair, unless somebody was first. Says whether it did.
    pub fn publish(&self, a: u64, b: u64) -> bool {
        // Look and take in one step: after `load() == EMPTY`, two could go on. `swap(WRITING)` is one step, too, but the
        // one who comes late would undo READY. The weak exchange may fail for no reason, and then nobody would be first.
        //
        // Relaxed: the winner reads nothing that others wrote, and a loser draws no conclusion but "not I".
        if self.state.compare_exchange(EMPTY, WRITING, Ordering::Relaxed, Ordering::Relaxed).is_err() {
            return false;
        }
        // Relaxed: these words have one writer, and nobody looks at them before READY.
        self.a.store(a, Ordering::Relaxed);
        self.b.store(b, Ordering::Relaxed);
        // Release: whoever sees READY sees what was written above. `SeqCst` would do the same at a higher price; with
        // `Relaxed`, READY might be seen first.
        self.state.store(READY, Ordering::Release);
        true
    }

    /// The published pair, if there is one.
    pub fn read(&self) -> Option<(u64, u64)> {
        // Acquire is the other half: what follows is not read before. A Release alone keeps only one side in order.
        //
        // WRITING is `None`, too. A loop that waits for READY would make the reader as slow as the publisher, or slower:
        // the publisher may have been stopped. A `Mutex` has that loop inside; so has `OnceLock::set`.
        let is_ready = self.state.load(Ordering::Acquire) == READY;
        is_ready.then(|| (self.a.load(Ordering::Relaxed), self.b.load(Ordering::Relaxed)))
    }
}
