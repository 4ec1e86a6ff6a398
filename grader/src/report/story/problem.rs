//! A promise that is not kept.

use std::io::{self, Write};

use protocol::Panic;

use super::field::{alarm, below, field, item, sentence};
use super::place::{Owner, owner, place};
use super::{Sign, Subject, headline, schedule, to_do, waits};
use crate::report::text::plural;
use crate::report::{Paint, picture};
use crate::verdict::{ExerciseOutcome, Idea, TestOutcome, Verdict};

/// More broken promises than this are counted, not listed.
const OTHERS: usize = 5;
/// From here on people want to know how long it took.
const LONG_MS: u64 = 1000;

/// Tells of the first test that went wrong in another way than by running into a `todo!()`, and lists the others.
pub fn problem(out: &mut dyn Write, subject: &Subject<'_>, outcome: &ExerciseOutcome, paint: Paint) -> io::Result<()> {
    let Some(told) = outcome.told() else {
        return leftover(out, subject, outcome, paint);
    };
    if told.todo.is_none() {
        headline(out, Sign::Bad, subject, promise(told), paint)?;
        writeln!(out)?;
        finding(out, subject, told, paint)?;
        // A program that broke down before its first test belongs to no section of a chapter.
        if told.info.read.is_empty() {
            return Ok(());
        }
        writeln!(out)?;
        ideas(out, subject.diagnosis, paint)?;
        if !outcome.todos.is_empty() {
            field(out, "to do", &to_do(&outcome.todos), paint)?;
        }
    } else {
        headline(out, Sign::Bad, subject, &format!("still to do: {}", to_do(&outcome.todos)), paint)?;
        writeln!(out)?;
        field(out, "needed", &format!("for this promise: {}", promise(told)), paint)?;
    }
    field(out, "read", &format!("{}, \"{}\" (cargo book)", subject.chapter, told.info.read), paint)?;
    others(out, outcome, told, paint)
}

/// Every test passed; what is left stands where no test looks.
fn leftover(out: &mut dyn Write, subject: &Subject<'_>, outcome: &ExerciseOutcome, paint: Paint) -> io::Result<()> {
    headline(out, Sign::Bad, subject, &format!("still to do: {}", to_do(&outcome.todos)), paint)?;
    writeln!(out)?;
    sentence(
        out,
        "All tests pass, but none of them gets there. Finish it or take it out: while it is there, this is no pass.",
    )
}

/// What was expected, what was seen, and everything that explains it.
fn finding(out: &mut dyn Write, subject: &Subject<'_>, test: &TestOutcome, paint: Paint) -> io::Result<()> {
    // Where the test has nothing more precise to say than the promise, the headline has said it.
    if let Some(expected) = test.expected.as_ref().filter(|expected| expected.trim_end_matches('.') != promise(test)) {
        field(out, "expected", expected, paint)?;
    }
    match &test.panic {
        Some(panic) => met_panic(out, subject, test, panic, paint)?,
        None => field(out, "seen", &seen(test), paint)?,
    }
    // A schedule ends with who waits where.
    match &test.explored {
        Some(_) => schedule::failed(out, subject, test, paint)?,
        None => waits::waits(out, subject, test, paint)?,
    }
    if let Some(picture) = &test.picture {
        writeln!(out)?;
        picture::draw(out, picture, paint)?;
    }
    Ok(())
}

/// What was seen, and the panic behind it, unless that says the same.
fn met_panic(
    out: &mut dyn Write,
    subject: &Subject<'_>,
    test: &TestOutcome,
    panic: &Panic,
    paint: Paint,
) -> io::Result<()> {
    let (owner, place) = (owner(&panic.place, subject, &test.info), place(&panic.place, subject, &test.info));
    let says_the_same = says_the_same(&seen(test), panic);
    if !says_the_same || owner == Owner::Test {
        field(out, "seen", &seen(test), paint)?;
    }
    // An assertion of the test's has said what was seen; its place is for the curious.
    if says_the_same && owner == Owner::Test {
        return field(out, "at", &place, paint);
    }
    let whose = if owner == Owner::Learner { "in your code, " } else { "" };
    let thread = if panic.elsewhere { ", on another thread" } else { "" };
    alarm(out, "panic", &format!("{whose}{place}{thread}"), paint)?;
    below(out, &panic.message)
}

fn says_the_same(seen: &str, panic: &Panic) -> bool {
    seen.strip_suffix(&panic.message).is_some_and(|head| matches!(head, "" | IN_YOUR_CODE))
}

/// How the lab begins a sentence about a panic in the learner's file.
const IN_YOUR_CODE: &str = "a panic in your code: ";

/// The ideas that may be behind it.
fn ideas(out: &mut dyn Write, ideas: &[Idea], paint: Paint) -> io::Result<()> {
    for (at, Idea { misconception, idea }) in ideas.iter().enumerate() {
        let id = misconception.as_ref().map(|id| format!(" ({id})")).unwrap_or_default();
        let idea = format!("{}{id}", idea.trim_end_matches('.'));
        match at {
            0 => field(out, "perhaps", &format!("you believe: {idea}"), paint)?,
            _ => field(out, "or", &idea, paint)?,
        }
    }
    Ok(())
}

fn seen(test: &TestOutcome) -> String {
    let seen = test.seen.as_deref().unwrap_or_default();
    match (test.verdict, kind(test.verdict)) {
        (Verdict::TimedOut, _) if test.elapsed_ms >= LONG_MS => {
            format!("{seen}, after {}.{} s", test.elapsed_ms / 1000, test.elapsed_ms % 1000 / 100)
        }
        (Verdict::TimedOut, _) | (_, None) => seen.to_owned(),
        (_, Some(kind)) => format!("{kind}: {seen}"),
    }
}

/// A verdict as people call it; none where "expected" and "seen" say it all.
fn kind(verdict: Verdict) -> Option<&'static str> {
    match verdict {
        Verdict::Deadlocked => Some("deadlock"),
        Verdict::Livelocked => Some("livelock"),
        Verdict::TimedOut => Some("out of time"),
        Verdict::Crashed => Some("crash"),
        Verdict::Leaked => Some("left behind"),
        Verdict::NotStarted | Verdict::DoesNotCompile | Verdict::Failed | Verdict::Passed => None,
    }
}

/// How far the learner has come, and what else is broken.
fn others(out: &mut dyn Write, outcome: &ExerciseOutcome, told: &TestOutcome, paint: Paint) -> io::Result<()> {
    let kept = outcome.tests.iter().filter(|test| test.verdict == Verdict::Passed).count();
    let total = outcome.tests.len() + outcome.not_run.len();
    let others: Vec<&TestOutcome> =
        outcome.tests.iter().filter(|test| test.verdict != Verdict::Passed && !std::ptr::eq(*test, told)).collect();
    let also = if others.is_empty() { "" } else { ". Also open:" };
    field(out, "kept", &format!("{kept} of {}{also}", plural(total, "promise")), paint)?;
    for other in others.iter().take(OTHERS) {
        let why = if other.todo.is_some() { Some("still to do") } else { kind(other.verdict) };
        let why = why.map(|why| format!(" ({why})")).unwrap_or_default();
        item(out, &format!("{}{why}", promise(other)))?;
    }
    if others.len() > OTHERS {
        item(out, &format!("and {} more", others.len() - OTHERS))?;
    }
    match outcome.not_run.len() {
        0 => Ok(()),
        count => field(out, "not run", &format!("{}, because time had run out", plural(count, "test")), paint),
    }
}

fn promise(test: &TestOutcome) -> &str {
    test.info.promise.trim_end_matches('.')
}
