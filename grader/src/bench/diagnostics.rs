//! From the compiler's messages to messages for the learner.
//!
//! An error in the learner's file is passed on as it is. An error in the hidden tests means that the file does
//! not offer what the contract asks for; it is translated, with the signature the contract states.

use super::cargo::{Message, Output};
use super::{Built, Diagnostic, Program, contract};

/// Lints that are worth a word in a concurrency course: futures nobody awaits, guards dropped at once.
const TELLING_LINTS: [&str; 2] = ["unused_must_use", "let_underscore_lock"];

/// Translates all messages of a build.
pub fn translate(output: Output, programs: &[Program]) -> Built {
    let mut built = Built { executables: output.executables, ..Built::default() };
    for (name, messages) in output.messages {
        let Some(program) = programs.iter().find(|program| program.name == name) else { continue };
        let mut diagnostics: Vec<Diagnostic> =
            messages.into_iter().filter_map(|message| diagnostic(message, program)).collect();
        diagnostics.dedup_by(|later, earlier| later.message == earlier.message && later.line == earlier.line);
        if built.executables.contains_key(&name) {
            diagnostics.retain(|diagnostic| !diagnostic.is_error);
        }
        built.diagnostics.insert(name, diagnostics);
    }
    built
}

fn diagnostic(message: Message, program: &Program) -> Option<Diagnostic> {
    let is_error = message.level.starts_with("error");
    let code = message.code.as_ref().map_or("", |code| code.code.as_str());
    // "aborting due to 2 previous errors" has no place and says nothing.
    if message.spans.is_empty() && is_error && code.is_empty() {
        return None;
    }
    if !is_error && !TELLING_LINTS.contains(&code) {
        return None;
    }
    let rendered = message.rendered.clone().unwrap_or_default();
    if is_error && is_about(&message, &program.tests) && !is_primarily_about(&message, &program.source) {
        let message = contract::asks_for(&message.message, program);
        return Some(Diagnostic { line: None, message, rendered, is_error });
    }
    let primary = message.spans.iter().find(|span| span.is_primary && same_file(&span.file_name, &program.source));
    Some(Diagnostic { line: primary.map(|span| span.line_start), message: message.message, rendered, is_error })
}

fn is_about(message: &Message, file: &std::path::Path) -> bool {
    message.spans.iter().any(|span| same_file(&span.file_name, file))
}

fn is_primarily_about(message: &Message, file: &std::path::Path) -> bool {
    message.spans.iter().any(|span| span.is_primary && same_file(&span.file_name, file))
}

fn same_file(named: &str, file: &std::path::Path) -> bool {
    std::path::Path::new(named) == file
}
