//! What a search found.

use crate::schedule::Schedule;
use crate::trace::{Panic, Story};

/// What a search found, and what it claims.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// No schedule failed, and there are no others: every interleaving of the modelled operations was run.
    AllChecked {
        /// How many there are.
        executions: u64,
    },
    /// No schedule failed up to a bound; the search ended at one of its limits.
    NoneUpTo {
        /// Every schedule with at most this many deviations from the default was run.
        deviations: u32,
        /// How many were run.
        executions: u64,
    },
    /// A schedule failed, the cheapest there is.
    Failed(Box<Failed>),
}

/// A schedule that failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failed {
    /// The schedule, for [`Search::replay`](crate::Search::replay).
    pub schedule: Schedule,
    /// In which way it failed.
    pub kind: Kind,
    /// The number of executions, this one included.
    pub executions: u64,
    /// What happened; absent only where the body is not deterministic.
    pub story: Option<Story>,
}

/// In which way a schedule failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// The body panicked.
    Panicked(Panic),
    /// Nothing can ever happen again, and the body has not returned.
    Deadlocked,
    /// The limit of steps was reached, although every thread got its turn.
    Livelocked,
    /// The body returned, and threads are left that wait for ever.
    Leaked,
    /// The body did different things under the same schedule: something survives executions (a `static`?), or
    /// there is randomness, or real time. Nothing is known about its interleavings.
    NotDeterministic,
}

impl Outcome {
    /// The failure, if there is one.
    pub fn failed(&self) -> Option<&Failed> {
        match self {
            Self::Failed(failed) => Some(failed),
            Self::AllChecked { .. } | Self::NoneUpTo { .. } => None,
        }
    }

    /// How many executions were run.
    pub fn executions(&self) -> u64 {
        match self {
            Self::AllChecked { executions } | Self::NoneUpTo { executions, .. } => *executions,
            Self::Failed(failed) => failed.executions,
        }
    }
}
