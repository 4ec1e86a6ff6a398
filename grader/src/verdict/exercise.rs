//! From judged tests, or from what stands before them, to an exercise's verdict.

use protocol::TestInfo;

use super::{ExerciseOutcome, TestOutcome, Verdict};
use crate::bench::Diagnostic;

/// The stub is untouched, or there is no file.
pub fn not_started() -> ExerciseOutcome {
    ExerciseOutcome { verdict: Some(Verdict::NotStarted), ..ExerciseOutcome::default() }
}

/// The file cannot be read.
pub fn unreadable(why: String) -> ExerciseOutcome {
    ExerciseOutcome { error: Some(why), ..ExerciseOutcome::default() }
}

/// The compiler said no.
pub fn does_not_compile(diagnostics: Vec<Diagnostic>) -> ExerciseOutcome {
    ExerciseOutcome { verdict: Some(Verdict::DoesNotCompile), diagnostics, ..ExerciseOutcome::default() }
}

/// `mod helper;` in the file: under `#[path]` it would be looked for elsewhere than the learner thinks.
pub fn single_file(outside: &[(u32, String)]) -> ExerciseOutcome {
    let diagnostics = outside.iter().map(|(line, module)| {
        let message =
            format!("an exercise is a single file: put the code of `mod {module};` here, as `mod {module} {{ … }}`");
        Diagnostic { line: Some(*line), rendered: String::new(), message, is_error: true }
    });
    does_not_compile(diagnostics.collect())
}

/// All tests have run, or all that were worth running.
pub fn from_tests(tests: Vec<TestOutcome>, not_run: Vec<TestInfo>, diagnostics: Vec<Diagnostic>) -> ExerciseOutcome {
    let (tests, mute): (Vec<_>, Vec<_>) = tests.into_iter().partition(|test| test.unmodelled.is_none());
    let unmodelled = mute.into_iter().find_map(|test| test.unmodelled);
    let all_todo = !tests.is_empty() && not_run.is_empty() && tests.iter().all(|test| test.todo.is_some());
    let mut todos: Vec<u32> = tests.iter().filter_map(|test| Some(test.todo.as_ref()?.as_ref()?.line)).collect();
    todos.sort_unstable();
    todos.dedup();
    let worst = tests.iter().map(|test| test.verdict).find(|verdict| *verdict != Verdict::Passed);
    let verdict = if all_todo {
        Verdict::NotStarted
    } else {
        worst.unwrap_or(if not_run.is_empty() { Verdict::Passed } else { Verdict::Failed })
    };
    ExerciseOutcome { verdict: Some(verdict), error: None, tests, not_run, diagnostics, todos, unmodelled }
}

/// The file could not be compiled with the model: this is missing there.
pub fn without_model(mut outcome: ExerciseOutcome, why: Option<String>) -> ExerciseOutcome {
    outcome.unmodelled = why.or(outcome.unmodelled);
    outcome
}

/// A `todo!()` that no test reached is never a pass.
pub fn leftover(mut outcome: ExerciseOutcome, todos: &[u32]) -> ExerciseOutcome {
    if outcome.verdict == Some(Verdict::Passed) && !todos.is_empty() {
        outcome.verdict = Some(Verdict::Failed);
        outcome.todos = todos.to_vec();
    }
    outcome
}
