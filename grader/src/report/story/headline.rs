//! The first two lines of every story: the verdict at a glance, and the file.

use std::io::{self, Write};

use super::Subject;
use crate::report::text::{lines, wrap};
use crate::report::{Paint, WIDTH};

/// The verdict at a glance.
#[derive(Debug, Clone, Copy)]
pub enum Sign {
    /// Every promise is kept.
    Good,
    /// Something is wrong.
    Bad,
    /// Nothing to judge yet.
    Open,
    /// The file cannot be judged.
    Unreadable,
}

/// `✗ worker-pool   At most `workers` handlers run at once`, and below it the file.
pub fn headline(out: &mut dyn Write, sign: Sign, subject: &Subject<'_>, what: &str, paint: Paint) -> io::Result<()> {
    let sign = match sign {
        Sign::Good => paint.good("✓"),
        Sign::Bad => paint.bad("✗"),
        Sign::Open => "○".to_owned(),
        Sign::Unreadable => paint.bad("!"),
    };
    let indent = 2 + subject.slug.chars().count() + 3;
    for (at, line) in wrap(what, WIDTH - indent).iter().enumerate() {
        match at {
            0 => writeln!(out, "{sign} {}   {line}", paint.strong(subject.slug))?,
            _ => writeln!(out, "{:indent$}{line}", "")?,
        }
    }
    writeln!(out, "    {}", paint.faint(&subject.path))
}

/// The lines where something is left to do.
pub fn to_do(todos: &[u32]) -> String {
    if todos.is_empty() { "somewhere in the file".to_owned() } else { lines(todos) }
}
