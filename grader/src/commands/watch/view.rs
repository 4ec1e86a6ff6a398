//! What the middle of the screen is about.

use crate::report::{Hint, Replay};

/// One thing at a time.
#[derive(Debug)]
pub enum View {
    /// The exercise and its last verdict.
    Verdict,
    /// All exercises, to choose from.
    List {
        /// The exercise that is marked.
        cursor: usize,
    },
    /// A rung of the ladder.
    Hint(Hint),
    /// The contract of the exercise.
    Contract,
    /// The solution beside one's own text.
    Solution(Vec<String>),
    /// Every key.
    Help,
    /// How all of it stands, after running all.
    All(Vec<String>),
    /// A schedule, at this step.
    Replay(Box<Replay>, usize),
    /// A question before something that cannot be taken back lightly.
    Sure(Deed),
}

/// What one is asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deed {
    /// See the solution before one's own passes.
    GiveUp,
    /// Back to the stub.
    Reset,
}
