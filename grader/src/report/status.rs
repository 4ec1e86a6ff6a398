//! The progress line, on standard error.

use std::io::{self, Write};

use super::text::{bar, plural};
use crate::bench::Progress;
use crate::event::Event;

/// A line that says what takes so long, and goes away. Where nobody watches a terminal it is a line per stage.
#[derive(Debug)]
pub struct Status<W> {
    out: W,
    /// The line may be overwritten.
    terminal: bool,
    shown: String,
}

/// The width of a progress bar.
const BAR: usize = 16;

impl<W: Write> Status<W> {
    /// A status line on `out`.
    pub fn new(out: W, terminal: bool) -> Self {
        Self { out, terminal, shown: String::new() }
    }

    /// Shows what an event says. A status that cannot be shown is no reason to stop.
    pub fn show(&mut self, event: &Event<'_>) {
        let text = match event {
            Event::Building { step: Progress::Waiting, .. } => "another grader is at work here; waiting".to_owned(),
            Event::Building { step: Progress::Step(step), exercises } => building(step, *exercises, self.terminal),
            // The count comes while cargo is silent; without a terminal it would fill the screen.
            Event::Building { step: Progress::Compiled { .. }, .. } if !self.terminal => return,
            Event::Building { step: Progress::Compiled { done, total, now }, .. } => compiled(ONCE, *done, *total, now),
            Event::Running { exercises: 1 } => "running the tests".to_owned(),
            Event::Running { exercises } => format!("running the tests of {exercises} exercises"),
            Event::Exploring => "trying schedules".to_owned(),
            Event::Judged { .. } => String::new(),
        };
        let _ = self.replace(text);
    }

    /// Shows what is going on, where somebody watches.
    pub fn note(&mut self, text: &str) {
        if self.terminal {
            let _ = self.replace(text.to_owned());
        }
    }

    /// Says something that stays.
    pub fn say(&mut self, text: &str) {
        self.clear();
        let _ = writeln!(self.out, "{text}");
    }

    /// Takes the line away.
    pub fn clear(&mut self) {
        let _ = self.replace(String::new());
    }

    fn replace(&mut self, text: String) -> io::Result<()> {
        if text == self.shown {
            return Ok(());
        }
        self.shown.clone_from(&text);
        if self.terminal {
            let text: String = text.chars().take(super::WIDTH - 1).collect();
            write!(self.out, "\r\u{1b}[2K{text}")?;
        } else if !text.is_empty() {
            writeln!(self.out, "{text}")?;
        }
        self.out.flush()
    }
}

/// What is built before the first verdict.
pub const ONCE: &str = "building what the tests need, once";
/// The same, while nobody waits for it.
pub const MEANWHILE: &str = "getting ready, begin any time";

/// `building what the tests need, once   ███████░░░░░   31 of 48   tokio`
pub fn compiled(what: &str, done: usize, total: usize, now: &str) -> String {
    format!("{what}   {}   {done} of {total}   {now}", bar(done, total, BAR))
}

/// Without a terminal one line for the whole first build is enough.
pub fn building(step: &str, exercises: usize, terminal: bool) -> String {
    match () {
        () if step.contains(" bench v") => format!("compiling {}", plural(exercises, "exercise")),
        () if step.contains(" model-bench v") => "compiling for every schedule".to_owned(),
        () if step.starts_with("Blocking") => "another cargo is at work here; waiting".to_owned(),
        () if terminal => format!("{ONCE}: {step}"),
        () => "building what the tests need (once; about a minute)".to_owned(),
    }
}
