//! From the end of a test's body to its answer.

use std::any::Any;

use protocol::{Answer, Failure, Panic, Waiting};

use crate::panics::{in_your_code, is_todo};
use crate::{expect, journal, panics};

/// What a body left behind.
#[derive(Debug, Default)]
pub struct Leftovers {
    /// Tasks still alive.
    pub tasks: u32,
    /// Threads still alive.
    pub threads: u32,
    /// Where they are.
    pub waits: Vec<Waiting>,
}

/// Judges the end of a body. `leftovers` is asked only if nothing else went wrong.
pub fn judge(outcome: Result<(), Box<dyn Any + Send>>, promise: &str, leftovers: impl FnOnce() -> Leftovers) -> Answer {
    let hook_is_ours = panics::hook_is_ours();
    if let Some((failure, picture)) = expect::take_first() {
        return Answer::Failed { failure, picture: picture.or_else(journal::latest_picture) };
    }
    let seen = panics::seen();
    if let Err(payload) = outcome {
        return panicked(panics::text_of(payload.as_ref()), seen, promise);
    }
    if !hook_is_ours {
        return failed(promise, "the panic hook was replaced, so panics in other threads cannot be seen", None);
    }
    if let Some(panic) = seen.into_iter().find(is_unprovoked) {
        return panicked(panic.message.clone(), vec![panic], promise);
    }
    let left = leftovers();
    if left.tasks > 0 || left.threads > 0 {
        let Leftovers { tasks, threads, waits } = left;
        return Answer::Leaked { tasks, threads, waits, picture: journal::latest_picture() };
    }
    Answer::Passed { picture: journal::latest_picture() }
}

/// What stands in the way of a pass when a test hangs. `waits` tells where everybody is: code of the learner's that
/// runs on and on explains more than what the test is waiting for.
pub fn judge_hang(waits: &[Waiting], otherwise: impl FnOnce() -> Answer) -> Answer {
    if let Some((failure, picture)) = expect::take_first() {
        return Answer::Failed { failure, picture: picture.or_else(journal::latest_picture) };
    }
    let seen = panics::seen();
    if let Some(todo) = seen.iter().find(|panic| is_todo(&panic.message)) {
        return Answer::Todo { place: Some(todo.place.clone()) };
    }
    let runs_on = waits.iter().any(|party| party.on.is_none() && party.learner.is_some());
    if let Some(mut failure) = crate::awaited::as_failure().filter(|_| !runs_on) {
        failure.panic = seen.into_iter().find(is_unprovoked);
        return Answer::Failed { failure, picture: journal::latest_picture() };
    }
    otherwise()
}

/// Threads of the learner's that outlive the body.
pub fn threads_left() -> Leftovers {
    let waits = super::threads::left_behind();
    Leftovers { tasks: 0, threads: u32::try_from(waits.len()).unwrap_or(u32::MAX), waits }
}

fn panicked(message: String, seen: Vec<Panic>, promise: &str) -> Answer {
    let todo = seen.iter().find(|panic| is_todo(&panic.message));
    if todo.is_some() || is_todo(&message) {
        return Answer::Todo { place: todo.map(|panic| panic.place.clone()) };
    }
    // The learner's own panic explains more than the test's `unwrap` that met its consequence.
    let own = seen.iter().find(|panic| is_learners(panic)).or(seen.last()).cloned();
    let text = match &own {
        Some(panic) if is_learners(panic) => in_your_code(&panic.message),
        _ => message,
    };
    failed(promise, &text, own)
}

fn failed(promise: &str, seen: &str, panic: Option<Panic>) -> Answer {
    let failure = Failure { expected: promise.to_owned(), seen: seen.to_owned(), panic };
    Answer::Failed { failure, picture: journal::latest_picture() }
}

fn is_learners(panic: &Panic) -> bool {
    panic.place.file == super::source().path
}

/// A panic in the learner's file that no injected panic explains.
fn is_unprovoked(panic: &Panic) -> bool {
    is_learners(panic) && (panics::injected() == 0 || is_todo(&panic.message))
}
