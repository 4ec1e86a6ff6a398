//! Judging. Everything here is a function of what was found; nothing reads the world.

pub mod diagnosis;
mod exercise;
mod test;
mod wait;

use protocol::{Explored, Panic, Picture, Place, TestInfo};
use serde::{Deserialize, Serialize};

pub use diagnosis::Idea;
pub use exercise::{does_not_compile, from_tests, leftover, not_started, single_file, unreadable, without_model};
pub use test::{judge, not_begun, repeated};
pub use wait::Wait;

use crate::bench::Diagnostic;

/// What became of a test or an exercise. The names are stable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// The stub is untouched, or every test ran into `todo!()`.
    NotStarted,
    /// The file does not compile, or not with the contract's tests.
    DoesNotCompile,
    /// A promise of the contract is broken.
    Failed,
    /// Nothing can ever happen again.
    Deadlocked,
    /// Time runs on, somebody keeps looking, nothing gets done.
    Livelocked,
    /// Not done within the time limit.
    TimedOut,
    /// The process ended without an answer: abort, signal, stack overflow, exit, out of memory.
    Crashed,
    /// Right, but tasks, threads or processes stayed behind.
    Leaked,
    /// Every promise is kept.
    Passed,
}

impl Verdict {
    /// The name as it stands in JSON: `does_not_compile`.
    pub fn name(self) -> &'static str {
        match self {
            Self::NotStarted => "not_started",
            Self::DoesNotCompile => "does_not_compile",
            Self::Failed => "failed",
            Self::Deadlocked => "deadlocked",
            Self::Livelocked => "livelocked",
            Self::TimedOut => "timed_out",
            Self::Crashed => "crashed",
            Self::Leaked => "leaked",
            Self::Passed => "passed",
        }
    }

    /// Whether a verdict may be used again while nothing it depends on changes. A run that took too long, broke
    /// down or left something behind may have met a busy machine.
    pub fn is_reusable(self) -> bool {
        !matches!(self, Self::TimedOut | Self::Crashed | Self::Leaked)
    }
}

/// A judged test.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TestOutcome {
    /// The test as it stands in its source.
    pub info: TestInfo,
    /// What became of it.
    pub verdict: Verdict,
    /// What the contract says for this case.
    pub expected: Option<String>,
    /// What happened instead.
    pub seen: Option<String>,
    /// A panic in the learner's code behind it.
    pub panic: Option<Panic>,
    /// It ran into `todo!()` or `unimplemented!()`, here.
    pub todo: Option<Option<Place>>,
    /// Who ran when.
    pub picture: Option<Picture>,
    /// Who waits where.
    pub waits: Vec<Wait>,
    /// For a test of every schedule: how far the search came, and what happened in the schedule that failed.
    #[serde(default)]
    pub explored: Option<Explored>,
    /// For a test of every schedule: why nothing can be said.
    #[serde(default)]
    pub unmodelled: Option<String>,
    /// Wall-clock time.
    pub elapsed_ms: u64,
}

/// A judged exercise.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct ExerciseOutcome {
    /// What became of it; `None` if the file cannot be read.
    pub verdict: Option<Verdict>,
    /// Why there is no verdict.
    pub error: Option<String>,
    /// In source order. Once one has used up its time, no further one is begun.
    pub tests: Vec<TestOutcome>,
    /// Tests that were not run.
    pub not_run: Vec<TestInfo>,
    /// Errors of the compiler; warnings that matter.
    pub diagnostics: Vec<Diagnostic>,
    /// Lines where something is still to be done.
    pub todos: Vec<u32>,
    /// Why schedules were not explored: something the file uses is not modelled.
    #[serde(default)]
    pub unmodelled: Option<String>,
}

impl ExerciseOutcome {
    /// The test a story is about: the first that went wrong in another way than by running into a `todo!()`, if
    /// there is one.
    pub fn told(&self) -> Option<&TestOutcome> {
        let wrong = self.tests.iter().find(|test| test.verdict != Verdict::Passed && test.todo.is_none());
        wrong.or(self.first_problem())
    }

    /// The first test that did not pass.
    pub fn first_problem(&self) -> Option<&TestOutcome> {
        self.tests.iter().find(|test| test.verdict != Verdict::Passed)
    }
}
