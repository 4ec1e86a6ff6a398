//! The first screen: lessons, dots, what to do next.

use std::io::{self, Write};

use super::paint::mark;
use super::text::wrap;
use super::{Paint, WIDTH};
use crate::verdict::Verdict;

/// Where the texts of the last lines begin.
const COLUMN: usize = 6;

/// A lesson's line.
#[derive(Debug, Clone)]
pub struct Line {
    /// `1`.
    pub number: String,
    /// The title.
    pub title: String,
    /// One per exercise; `None` where the file cannot be read.
    pub verdicts: Vec<Option<Verdict>>,
}

/// What to do next.
#[derive(Debug, Clone)]
pub struct Overview {
    /// `scoped-map`.
    pub slug: String,
    /// The file, as people should see it.
    pub path: String,
    /// What is to be built.
    pub task: String,
}

/// `3 of 44`.
pub fn totals(lines: &[Line]) -> (usize, usize) {
    let all = lines.iter().flat_map(|line| &line.verdicts);
    (all.clone().filter(|verdict| **verdict == Some(Verdict::Passed)).count(), all.count())
}

/// The lessons with their dots.
///
/// # Errors
///
/// If `out` cannot be written to.
pub fn overview(out: &mut dyn Write, lines: &[Line], paint: Paint) -> io::Result<()> {
    let (passed, total) = totals(lines);
    let title = "Advanced concurrency in Rust";
    let done = format!("{passed} of {total} done");
    let gap = " ".repeat(WIDTH - title.len() - done.len());
    writeln!(out, "{}{gap}{done}", paint.strong(title))?;
    let longest = lines.iter().map(|line| line.title.chars().count()).max().unwrap_or(0);
    for line in lines {
        let dots: Vec<String> = line.verdicts.iter().map(|verdict| mark(*verdict, paint)).collect();
        let text = format!(" {:>2}  {:longest$}   {}", line.number, line.title, dots.join(" "));
        writeln!(out, "{}", text.trim_end())?;
    }
    Ok(())
}

/// What to do next; `None` when everything is done.
///
/// # Errors
///
/// If `out` cannot be written to.
pub fn next(out: &mut dyn Write, next: Option<&Overview>, paint: Paint) -> io::Result<()> {
    let Some(next) = next else {
        return writeln!(out, "{}", paint.good("Everything is done. Every promise of every contract is kept."));
    };
    // A long path gets a line of its own.
    let gap = if COLUMN + next.slug.chars().count() + 3 + next.path.chars().count() <= WIDTH {
        "   ".to_owned()
    } else {
        format!("\n{:COLUMN$}", "")
    };
    writeln!(out, "Next: {}{gap}{}", paint.strong(&next.slug), paint.faint(&next.path))?;
    for line in wrap(&next.task, WIDTH - COLUMN) {
        writeln!(out, "{:COLUMN$}{line}", "")?;
    }
    writeln!(out, "{:COLUMN$}work    cargo grader watch", "")?;
    writeln!(out, "{:COLUMN$}read    cargo book   {}", "", paint.faint("(its first build takes a minute or two)"))
}
