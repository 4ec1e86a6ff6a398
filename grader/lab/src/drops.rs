//! Counting what has really been dropped (T6).

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Hands out values and counts those that are gone. Clones count together.
#[derive(Clone, Default)]
pub struct DropCounter(Arc<Counts>);

#[derive(Default)]
struct Counts {
    made: AtomicUsize,
    dropped: AtomicUsize,
}

/// A value whose end is counted. Carry it in a job, a closure, a future.
#[derive(Debug)]
pub struct Counted<T = ()> {
    /// What it carries.
    pub value: T,
    counter: DropCounter,
}

impl DropCounter {
    /// A counter that has counted nothing.
    pub fn new() -> Self {
        Self::default()
    }

    /// A counted value without content.
    pub fn token(&self) -> Counted {
        self.count(())
    }

    /// A counted value.
    pub fn count<T>(&self, value: T) -> Counted<T> {
        self.0.made.fetch_add(1, Ordering::SeqCst);
        Counted { value, counter: self.clone() }
    }

    /// How many are gone.
    pub fn dropped(&self) -> usize {
        self.0.dropped.load(Ordering::SeqCst)
    }

    /// How many still live.
    pub fn alive(&self) -> usize {
        self.0.made.load(Ordering::SeqCst) - self.dropped()
    }
}

impl std::fmt::Debug for DropCounter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} alive, {} dropped", self.alive(), self.dropped())
    }
}

impl<T> Drop for Counted<T> {
    fn drop(&mut self) {
        self.counter.0.dropped.fetch_add(1, Ordering::SeqCst);
    }
}
