//! All that a run can announce. Sessions emit, reports render.

use crate::bench;
use crate::catalog::Exercise;
use crate::verdict::ExerciseOutcome;

/// News from a run.
#[derive(Debug)]
pub enum Event<'a> {
    /// Building: how many exercises, and what is going on.
    Building {
        /// Exercises to be built.
        exercises: usize,
        /// The step.
        step: &'a bench::Progress,
    },
    /// Tests begin to run.
    Running {
        /// Exercises whose tests will run.
        exercises: usize,
    },
    /// Schedules begin to be explored.
    Exploring,
    /// An exercise has its verdict.
    Judged {
        /// The exercise.
        exercise: &'a Exercise,
        /// Its verdict and everything behind it.
        outcome: &'a ExerciseOutcome,
        /// Nothing it depends on changed since the last time.
        remembered: bool,
    },
}
