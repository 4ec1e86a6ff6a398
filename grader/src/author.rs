//! Laying out exercises, and proving them.
//!
//! The grader is itself graded: every exercise ships wrong solutions named for misconceptions and right ones
//! built differently. [`examine`] looks at the files, [`prove`] builds and runs them: the stub is not started,
//! the solution and every right one pass, every wrong one fails on the test named for it, with that verdict.
//! [`diagnose`] writes down what else the wrong ones break.

mod claim;
mod diagnosis;
mod faces;
mod memory;
mod proof;
mod scaffold;

pub use claim::Claim;
pub use diagnosis::{diagnose, stale};
pub use faces::{Faces, examine};
pub use proof::prove;
pub use scaffold::lay_out;

/// Something about an exercise that is not as it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// `01-worker-pools/worker-pool`.
    pub exercise: String,
    /// The file it is about, as people should see it.
    pub file: String,
    /// What is wrong, and what to do.
    pub message: String,
}

/// Something that was proved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proved {
    /// How many programs behaved as they claim.
    pub programs: usize,
    /// How many of them had been proved before, with nothing changed since.
    pub remembered: usize,
    /// What does not hold.
    pub findings: Vec<Finding>,
}
