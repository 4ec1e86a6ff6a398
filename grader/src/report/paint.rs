//! Colours, where they are wanted.

use colored::{ColoredString, Colorize};

use crate::verdict::Verdict;

/// Paints text, or leaves it as it is.
#[derive(Debug, Clone, Copy)]
pub struct Paint {
    colour: bool,
}

impl Paint {
    /// With or without colours, whatever the environment says: the caller has asked it.
    pub fn new(colour: bool) -> Self {
        colored::control::set_override(true);
        Self { colour }
    }

    /// Whether there are colours.
    pub fn is_on(self) -> bool {
        self.colour
    }

    /// Right.
    pub fn good(self, text: &str) -> String {
        self.paint(text, |text| text.green())
    }

    /// Wrong.
    pub fn bad(self, text: &str) -> String {
        self.paint(text, |text| text.red().bold())
    }

    /// Worth a look.
    pub fn notable(self, text: &str) -> String {
        self.paint(text, |text| text.yellow())
    }

    /// The important part of a line.
    pub fn strong(self, text: &str) -> String {
        self.paint(text, |text| text.bold())
    }

    /// The less important part of a line.
    pub fn faint(self, text: &str) -> String {
        self.paint(text, |text| text.dimmed())
    }

    fn paint(self, text: &str, with: impl FnOnce(&str) -> ColoredString) -> String {
        if self.colour && !text.is_empty() { with(text).to_string() } else { text.to_owned() }
    }
}

/// Done, not started, begun, or not to be read.
pub fn mark(verdict: Option<Verdict>, paint: Paint) -> String {
    match verdict {
        Some(Verdict::Passed) => paint.good("●"),
        Some(Verdict::NotStarted) => "○".to_owned(),
        Some(_) => paint.notable("◐"),
        None => paint.bad("!"),
    }
}
