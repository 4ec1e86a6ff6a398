//! `std::hash`, with a `RandomState` that is the same in every execution.

pub use ::std::hash::*;

pub use ::std::hash::DefaultHasher;

/// The default state of hash maps: not random, so that iterating over a map does not change from execution to
/// execution.
#[derive(Debug, Clone, Default)]
pub struct RandomState(());

impl RandomState {
    /// The one there is.
    pub fn new() -> Self {
        Self(())
    }
}

impl BuildHasher for RandomState {
    type Hasher = DefaultHasher;

    fn build_hasher(&self) -> DefaultHasher {
        DefaultHasher::new()
    }
}
