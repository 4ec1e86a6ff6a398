//! A verdict as a small story: what the contract says, what was seen, the picture, where to read on.

mod compiler;
mod field;
mod headline;
mod place;
mod problem;
mod schedule;
mod waits;

use std::io::{self, Write};

use super::Paint;
use super::text::plural;
use crate::verdict::{ExerciseOutcome, Idea, Verdict};
use field::field;
use headline::{Sign, headline, to_do};

/// What a story is about, in words.
#[derive(Debug, Clone)]
pub struct Subject<'a> {
    /// `worker-pool`.
    pub slug: &'a str,
    /// The file, as people should see it.
    pub path: String,
    /// There is no such file.
    pub missing: bool,
    /// `Worker pools`.
    pub chapter: &'a str,
    /// The folder given with `--exercises`: to be given again with every command about this file.
    pub folder: Option<String>,
    /// The ideas that may be behind the failure, the best first.
    pub diagnosis: &'a [Idea],
}

/// Tells what became of an exercise.
///
/// # Errors
///
/// If `out` cannot be written to.
pub fn story(out: &mut dyn Write, subject: &Subject<'_>, outcome: &ExerciseOutcome, paint: Paint) -> io::Result<()> {
    if let Some(error) = &outcome.error {
        return headline(out, Sign::Unreadable, subject, &format!("cannot be read: {error}"), paint);
    }
    match outcome.verdict {
        Some(Verdict::Passed) => {
            let time: u64 = outcome.tests.iter().map(|test| test.elapsed_ms).sum();
            let kept = format!("{} kept, {time} ms", plural(outcome.tests.len(), "promise"));
            headline(out, Sign::Good, subject, &kept, paint)?;
            schedule::checked(out, outcome, paint)?;
            compiler::remarks(out, &outcome.diagnostics, paint)
        }
        Some(Verdict::NotStarted) | None => not_started(out, subject, outcome, paint),
        Some(Verdict::DoesNotCompile) => compiler::errors(out, subject, &outcome.diagnostics, paint),
        Some(_) => {
            problem::problem(out, subject, outcome, paint)?;
            compiler::remarks(out, &outcome.diagnostics, paint)
        }
    }
}

/// The line of the learner's file that a story is about, if there is one: the first thing to look at.
pub fn line_to_open(outcome: &ExerciseOutcome) -> Option<u32> {
    let compiler = outcome.diagnostics.iter().filter(|diagnostic| diagnostic.is_error).find_map(|it| it.line);
    let waits = || outcome.told().and_then(|test| test.waits.iter().find_map(|party| Some(party.place.as_ref()?.line)));
    compiler.or_else(waits).or(outcome.todos.first().copied())
}

fn not_started(out: &mut dyn Write, subject: &Subject<'_>, outcome: &ExerciseOutcome, paint: Paint) -> io::Result<()> {
    let what = match () {
        () if subject.missing => "not started: there is no such file",
        () if !outcome.tests.is_empty() => "not started: every test runs into a `todo!()`",
        () => "not started",
    };
    headline(out, Sign::Open, subject, what, paint)?;
    if outcome.todos.is_empty() { Ok(()) } else { field(out, "to do", &to_do(&outcome.todos), paint) }
}
