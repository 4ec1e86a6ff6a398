//! Every exercise with its state, in one list.

use super::paint::mark;
use super::text::{clip, plural};
use super::{Paint, WIDTH};
use crate::catalog::Level;
use crate::progress::Standing;
use crate::verdict::Verdict;

/// A lesson in the list.
#[derive(Debug, Clone)]
pub struct Chapter {
    /// `1`.
    pub number: String,
    /// `Worker pools`.
    pub title: String,
    /// Its exercises.
    pub entries: Vec<Entry>,
}

/// An exercise in the list.
#[derive(Debug, Clone)]
pub struct Entry {
    /// `worker-pool`.
    pub slug: String,
    /// How hard it is.
    pub level: Level,
    /// Where it stands.
    pub standing: Standing,
    /// It was worked on last.
    pub current: bool,
}

/// The list, a line each; with every line the number of its exercise, if it is one.
pub fn list(chapters: &[Chapter], width: usize, paint: Paint) -> Vec<(Option<usize>, String)> {
    let slugs = chapters.iter().flat_map(|chapter| &chapter.entries).map(|entry| entry.slug.chars().count());
    let longest = slugs.max().unwrap_or(0);
    let mut lines = Vec::new();
    let mut number = 0;
    for chapter in chapters {
        lines.push((None, clip(&format!(" {:>2}  {}", chapter.number, paint.strong(&chapter.title)), width)));
        for entry in &chapter.entries {
            let level = level(entry.level);
            let text = format!(
                "     {} {:longest$}  {}  {}",
                sign(&entry.standing, paint),
                entry.slug,
                paint.faint(&format!("{level:7}")),
                state(entry)
            );
            lines.push((Some(number), clip(text.trim_end(), width)));
            number += 1;
        }
    }
    lines
}

/// The list with one exercise marked, to choose from.
pub fn choice(chapters: &[Chapter], marked: usize, width: usize, paint: Paint) -> Vec<String> {
    let lines = list(chapters, width, paint).into_iter().map(|(number, line)| match line.strip_prefix(' ') {
        Some(rest) if number == Some(marked) => format!("{}{rest}", paint.notable("→")),
        _ => line,
    });
    lines.collect()
}

/// `passed, 5 runs`.
pub fn state(entry: &Entry) -> String {
    let (standing, journey) = (&entry.standing, &entry.standing.journey);
    let verdict = match standing.verdict {
        _ if standing.missing => "the file is missing: `reset` brings it back".to_owned(),
        None => "the file cannot be read".to_owned(),
        Some(Verdict::NotStarted) if !standing.changed => String::new(),
        Some(Verdict::NotStarted) => "begun, not run yet".to_owned(),
        Some(verdict) if standing.changed => format!("{}, changed since", in_words(verdict)),
        Some(verdict) => in_words(verdict).to_owned(),
    };
    let runs = (journey.runs > 0).then(|| plural(journey.runs as usize, "run"));
    let gave_up = (journey.gave_up && !journey.passed).then(|| "solution seen".to_owned());
    let current = entry.current.then(|| "← here".to_owned());
    let parts: Vec<String> =
        [Some(verdict), runs, gave_up].into_iter().flatten().filter(|part| !part.is_empty()).collect();
    [Some(parts.join(", ")), current].into_iter().flatten().collect::<Vec<_>>().join("  ").trim_start().to_owned()
}

fn sign(standing: &Standing, paint: Paint) -> String {
    match standing.verdict {
        _ if standing.missing => mark(None, paint),
        // What it was is not what it is.
        Some(_) if standing.changed => mark(Some(Verdict::Failed), paint),
        verdict => mark(verdict, paint),
    }
}

/// A verdict as a word in a sentence.
pub fn in_words(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::NotStarted => "not started",
        Verdict::DoesNotCompile => "does not compile",
        Verdict::Failed => "failed",
        Verdict::Deadlocked => "deadlocked",
        Verdict::Livelocked => "livelocked",
        Verdict::TimedOut => "timed out",
        Verdict::Crashed => "crashed",
        Verdict::Leaked => "left something behind",
        Verdict::Passed => "passed",
    }
}

/// How hard, in a word.
pub fn level(level: Level) -> &'static str {
    match level {
        Level::WarmUp => "warm-up",
        Level::Core => "core",
        Level::Stretch => "stretch",
    }
}

/// What stands above the list where nobody watches a terminal.
pub fn heading(chapters: &[Chapter], paint: Paint) -> String {
    let entries = chapters.iter().flat_map(|chapter| &chapter.entries);
    let done = entries.clone().filter(|entry| !entry.standing.is_open()).count();
    let done = format!("{done} of {} done", entries.count());
    let title = "Advanced concurrency in Rust";
    format!("{}{}{done}", paint.strong(title), " ".repeat(WIDTH - title.len() - done.len()))
}
