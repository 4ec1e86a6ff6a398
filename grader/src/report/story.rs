//! A verdict as a small story: what the contract says, what was seen, the picture, where to read on.

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::{Paint, WIDTH, picture};
use crate::bench::Diagnostic;
use crate::verdict::{ExerciseOutcome, TestOutcome, Verdict, Wait};

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
    /// Misconceptions by id.
    pub ideas: &'a BTreeMap<String, String>,
}

/// Tells what became of an exercise.
///
/// # Errors
///
/// If `out` cannot be written to.
pub fn story(out: &mut dyn Write, subject: &Subject<'_>, outcome: &ExerciseOutcome, paint: Paint) -> io::Result<()> {
    if let Some(error) = &outcome.error {
        return headline(out, paint.bad("!"), subject, &paint.bad(&format!("cannot be read: {error}")), paint);
    }
    match outcome.verdict {
        Some(Verdict::Passed) => {
            let (promises, time) = (outcome.tests.len(), outcome.tests.iter().map(|test| test.elapsed_ms).sum::<u64>());
            headline(out, paint.good("✓"), subject, &format!("{promises} promises kept, {time} ms"), paint)?;
            remarks(out, &outcome.diagnostics)
        }
        Some(Verdict::NotStarted) if subject.missing => {
            headline(out, "○".to_owned(), subject, "not started: there is no such file", paint)
        }
        Some(Verdict::NotStarted) | None => headline(out, "○".to_owned(), subject, "not started", paint),
        Some(Verdict::DoesNotCompile) => {
            headline(out, paint.bad("✗"), subject, &paint.bad("does not compile"), paint)?;
            compiler(out, &outcome.diagnostics, paint)
        }
        Some(_) => {
            problem(out, subject, outcome, paint)?;
            remarks(out, &outcome.diagnostics)
        }
    }
}

fn headline(out: &mut dyn Write, sign: String, subject: &Subject<'_>, what: &str, paint: Paint) -> io::Result<()> {
    writeln!(out, "{sign} {}   {what}", paint.strong(subject.slug))?;
    writeln!(out, "    {}", paint.faint(&subject.path))
}

/// The first error whole, the rest counted.
fn compiler(out: &mut dyn Write, diagnostics: &[Diagnostic], paint: Paint) -> io::Result<()> {
    let errors: Vec<&Diagnostic> = diagnostics.iter().filter(|diagnostic| diagnostic.is_error).collect();
    let Some(first) = errors.first() else { return Ok(()) };
    writeln!(out)?;
    if first.line.is_none() || first.rendered.is_empty() {
        let place = first.line.map(|line| format!("line {line}: ")).unwrap_or_default();
        for line in format!("{place}{}", first.message).lines() {
            writeln!(out, "    {line}")?;
        }
    } else {
        let rendered = if paint.is_on() { first.rendered.clone() } else { without_colours(&first.rendered) };
        for line in rendered.trim_end().lines() {
            writeln!(out, "    {line}")?;
        }
    }
    match errors.len() {
        1 => Ok(()),
        2 => writeln!(out, "\n    and 1 more error"),
        count => writeln!(out, "\n    and {} more errors", count - 1),
    }
}

/// Warnings of the compiler that explain more than they disturb.
fn remarks(out: &mut dyn Write, diagnostics: &[Diagnostic]) -> io::Result<()> {
    for warning in diagnostics.iter().filter(|diagnostic| !diagnostic.is_error) {
        let line = warning.line.map(|line| format!("line {line}: ")).unwrap_or_default();
        writeln!(out, "    compiler   {line}{}", warning.message)?;
    }
    Ok(())
}

fn problem(out: &mut dyn Write, subject: &Subject<'_>, outcome: &ExerciseOutcome, paint: Paint) -> io::Result<()> {
    let Some(test) = outcome.first_problem() else {
        // Every test passed; what is left stands where no test looks.
        headline(out, paint.bad("✗"), subject, &paint.bad(&to_do(&outcome.todos)), paint)?;
        return writeln!(out, "    All tests pass, but none of them gets there. A leftover is never a pass.");
    };
    headline(out, paint.bad("✗"), subject, &paint.bad(&first_word(test, outcome)), paint)?;
    one_test(out, subject, test, paint)?;
    let others: Vec<&TestOutcome> =
        outcome.tests.iter().filter(|other| other.verdict != Verdict::Passed && !std::ptr::eq(*other, test)).collect();
    if !others.is_empty() || !outcome.not_run.is_empty() {
        writeln!(out)?;
    }
    for other in others {
        let verdict = if other.todo.is_some() { "still to do" } else { words(other.verdict) };
        writeln!(out, "    also {verdict}: {}", promise(other))?;
    }
    if !outcome.not_run.is_empty() {
        let count = outcome.not_run.len();
        writeln!(out, "    not run: {count} more, because two had already run out of time")?;
    }
    Ok(())
}

fn first_word(test: &TestOutcome, outcome: &ExerciseOutcome) -> String {
    if test.todo.is_some() { to_do(&outcome.todos) } else { words(test.verdict).to_owned() }
}

fn to_do(lines: &[u32]) -> String {
    match lines {
        [] => "still to do".to_owned(),
        [line] => format!("still to do: line {line}"),
        several => format!("still to do: lines {}", several.iter().map(u32::to_string).collect::<Vec<_>>().join(", ")),
    }
}

/// A verdict in words.
fn words(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::NotStarted => "not started",
        Verdict::DoesNotCompile => "does not compile",
        Verdict::Failed => "failed",
        Verdict::Deadlocked => "deadlock: nothing can ever happen again",
        Verdict::Livelocked => "livelock: always busy, never done",
        Verdict::TimedOut => "out of time",
        Verdict::Crashed => "crashed",
        Verdict::Leaked => "left something behind",
        Verdict::Passed => "passed",
    }
}

fn one_test(out: &mut dyn Write, subject: &Subject<'_>, test: &TestOutcome, paint: Paint) -> io::Result<()> {
    writeln!(out, "    {}", paint.strong(&promise(test)))?;
    writeln!(out)?;
    if let Some(expected) = &test.expected {
        field(out, "expected", expected)?;
    }
    if let Some(seen) = test.seen.as_ref().filter(|_| test.verdict != Verdict::Deadlocked) {
        field(out, "seen", seen)?;
    }
    if let Some(panic) = &test.panic {
        let whose = if panic.elsewhere { ", in another thread" } else { "" };
        field(out, "panic", &format!("{}{whose}: {}", file_and_line(&panic.place), panic.message))?;
    }
    waits(out, test, paint)?;
    if let Some(picture) = &test.picture {
        writeln!(out)?;
        picture::draw(out, picture, paint)?;
        writeln!(out)?;
    }
    let ideas: Vec<String> =
        test.info.rejects.iter().filter_map(|id| Some(format!("{} ({id})", subject.ideas.get(id)?))).collect();
    if test.todo.is_none() {
        for (at, idea) in ideas.iter().enumerate() {
            field(out, if at == 0 { "perhaps" } else { "or" }, idea)?;
        }
    }
    field(out, "read", &format!("{}, \"{}\"", subject.chapter, test.info.read))
}

fn waits(out: &mut dyn Write, test: &TestOutcome, paint: Paint) -> io::Result<()> {
    for wait in &test.waits {
        let verb = if wait.on.is_some() { "waits" } else { "runs" };
        let place = wait.place.as_ref().map(file_and_line).unwrap_or_default();
        let on = wait.on.as_deref().unwrap_or_default();
        writeln!(out, "    {} {verb}   {place}   {}", wait.who, paint.notable(on))?;
        code(out, wait, paint)?;
    }
    Ok(())
}

/// The line of code, and a mark under the column.
fn code(out: &mut dyn Write, wait: &Wait, paint: Paint) -> io::Result<()> {
    let Some(code) = &wait.code else { return Ok(()) };
    let trimmed = code.trim_start();
    let indent = code.chars().count() - trimmed.chars().count();
    writeln!(out, "        {}", trimmed.trim_end())?;
    let column = wait.place.as_ref().and_then(|place| place.column).map_or(0, |column| column as usize);
    if column > indent {
        writeln!(out, "        {}{}", " ".repeat(column - 1 - indent), paint.notable("^"))?;
    }
    Ok(())
}

/// A name and its text, wrapped under itself.
fn field(out: &mut dyn Write, name: &str, text: &str) -> io::Result<()> {
    let mut head = format!("    {name:<8}   ");
    let indent = " ".repeat(head.chars().count());
    for line in text.lines() {
        let mut rest = line;
        while rest.chars().count() > WIDTH - indent.len() {
            let limit = rest.char_indices().nth(WIDTH - indent.len()).map_or(rest.len(), |(at, _)| at);
            let cut = rest[..limit].rfind(' ').filter(|at| *at > 0).unwrap_or(limit);
            writeln!(out, "{head}{}", &rest[..cut])?;
            rest = rest[cut..].trim_start();
            head.clone_from(&indent);
        }
        writeln!(out, "{head}{rest}")?;
        head.clone_from(&indent);
    }
    Ok(())
}

fn promise(test: &TestOutcome) -> String {
    test.info.promise.trim_end_matches('.').to_owned()
}

/// `worker_pool.rs:31:43`.
fn file_and_line(place: &protocol::Place) -> String {
    let name = place.file.rsplit(['/', '\\']).next().unwrap_or(&place.file);
    let column = place.column.map(|column| format!(":{column}")).unwrap_or_default();
    format!("{name}:{}{column}", place.line)
}

/// The text without escape sequences that set colours.
fn without_colours(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("\u{1b}[") {
        plain.push_str(before);
        rest = after.split_once('m').map_or("", |(_, after)| after);
    }
    plain.push_str(rest);
    plain
}
