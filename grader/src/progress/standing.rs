//! Where an exercise stands, as far as is known without running anything.

use std::fs;

use super::{Journey, Progress};
use crate::catalog::{self, Exercise, Source};
use crate::verdict::Verdict;

/// What is known about an exercise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The last verdict; none, if the file cannot be read.
    pub verdict: Option<Verdict>,
    /// The file has another text than in the last run.
    pub changed: bool,
    /// There is no such file.
    pub missing: bool,
    /// The story so far.
    pub journey: Journey,
}

impl Standing {
    /// Not done yet, as far as is known.
    pub fn is_open(&self) -> bool {
        self.verdict != Some(Verdict::Passed) || self.changed
    }
}

impl Progress {
    /// Looks at the file and at what is remembered.
    pub fn standing(&self, exercise: &Exercise) -> Standing {
        let journey = self.journey(exercise);
        let last = self.store.exercises.get(&exercise.key()).and_then(|record| record.outcome.verdict);
        let stub = fs::read_to_string(exercise.stub()).unwrap_or_default();
        let (verdict, changed, missing) = match catalog::read(&exercise.file) {
            Source::Text(text) if catalog::is_untouched(&text, &stub) => (Some(Verdict::NotStarted), false, false),
            Source::Text(text) => {
                let changed = !journey.was_run_with(&catalog::fingerprint(text));
                (last.or(Some(Verdict::NotStarted)), changed, false)
            }
            Source::Missing => (Some(Verdict::NotStarted), false, true),
            Source::NotText { .. } => (Some(Verdict::DoesNotCompile), false, false),
            Source::Unreadable(_) => (None, false, false),
        };
        Standing { verdict, changed, missing, journey }
    }
}
