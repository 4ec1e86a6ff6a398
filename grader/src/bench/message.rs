//! What the compiler says, as cargo passes it on.

use std::path::Path;

use serde::Deserialize;

/// How linkers speak of functions that are missing, or there twice.
const SYMBOLS: [&str; 5] =
    ["ndefined symbol", "undefined reference", "unresolved external", "duplicate symbol", "multiple definition"];

/// A message of the compiler.
#[derive(Debug, Clone, Deserialize)]
pub struct Message {
    /// The headline.
    pub message: String,
    /// `error`, `warning`, …
    pub level: String,
    /// `E0432`, or a lint's name.
    pub code: Option<Code>,
    /// Places.
    pub spans: Vec<Span>,
    /// As it would appear in a terminal, with colours.
    pub rendered: Option<String>,
}

impl Message {
    /// An error; otherwise a warning or a note.
    pub fn is_error(&self) -> bool {
        self.level.starts_with("error")
    }

    /// There is no linker, or it could not work. Only symbols are the learner's business.
    pub fn is_about_the_machine(&self) -> bool {
        let of_linker = self.message.starts_with("linker ") || self.message.starts_with("linking with ");
        let text = self.rendered.as_deref().unwrap_or_default();
        self.is_error() && of_linker && !SYMBOLS.iter().any(|symbol| text.contains(symbol))
    }

    /// The compiler had no message left to give.
    pub fn broken_down() -> Self {
        let message = "the compiler broke down on this file and does not say why: is something nested very deeply?";
        Self { message: message.to_owned(), level: "error".to_owned(), code: None, spans: Vec::new(), rendered: None }
    }
}

impl Span {
    /// The line in this file: of the place itself, or of the macro call that led there.
    pub fn line_in(&self, file: &Path) -> Option<u32> {
        let mut span = self;
        while Path::new(&span.file_name) != file {
            span = &span.expansion.as_ref()?.span;
        }
        Some(span.line_start)
    }
}

/// The identity of a message.
#[derive(Debug, Clone, Deserialize)]
pub struct Code {
    /// `E0432`.
    pub code: String,
}

/// A place a message is about.
#[derive(Debug, Clone, Deserialize)]
pub struct Span {
    /// As the compiler was given it.
    file_name: String,
    /// From 1.
    line_start: u32,
    /// The place, not a remark about another one.
    pub is_primary: bool,
    /// If the place is inside a macro: where the macro was called.
    expansion: Option<Box<Expansion>>,
}

#[derive(Debug, Clone, Deserialize)]
struct Expansion {
    span: Span,
}
