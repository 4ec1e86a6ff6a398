//! From the compiler's messages to messages for the learner.
//!
//! An error in the learner's file is passed on as it is. An error in the hidden tests means that the file does
//! not offer what the contract asks for; it is translated, with the signature the contract states.

use std::path::Path;

use super::cargo::Output;
use super::message::Message;
use super::{Built, Diagnostic, Modelled, Program, contract};

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

/// What kept programs from being compiled with the model: the compiler's first error for each.
pub fn not_modelled(output: Output, programs: &[Program]) -> Modelled {
    let mut modelled = Modelled { executables: output.executables, ..Modelled::default() };
    for (name, messages) in output.messages {
        let Some(program) = programs.iter().find(|program| program.name == name) else { continue };
        let mut errors = messages.iter().filter(|message| message.is_error());
        let Some(first) = errors.next().filter(|_| !modelled.executables.contains_key(&name)) else { continue };
        let at = line_in(first, &program.source).map(|line| format!("line {line}: ")).unwrap_or_default();
        modelled.missing.insert(name, format!("{at}{}", first.message));
    }
    modelled
}

fn diagnostic(message: Message, program: &Program) -> Option<Diagnostic> {
    let is_error = message.is_error();
    let code = message.code.as_ref().map_or("", |code| code.code.as_str());
    if message.spans.is_empty() && message.message.starts_with("aborting due to ") {
        return None;
    }
    let line = line_in(&message, &program.source);
    if !is_error && (line.is_none() || !TELLING_LINTS.contains(&code)) {
        return None;
    }
    let rendered = message.rendered.clone().unwrap_or_default();
    if is_error && line.is_none() && message.spans.iter().any(|span| span.line_in(&program.tests).is_some()) {
        let message = contract::asks_for(&message.message, program);
        return Some(Diagnostic { line: None, message, rendered, is_error });
    }
    if let Some(missing) = missing_at_link_time(&message, &rendered) {
        let message = format!("the program cannot be linked: {missing}");
        return Some(Diagnostic { line, message, rendered: String::new(), is_error });
    }
    Some(Diagnostic { line, message: message.message, rendered, is_error })
}

/// "linking with `cc` failed" says nothing; what is missing stands somewhere in pages of the linker's output.
fn missing_at_link_time<'r>(message: &Message, rendered: &'r str) -> Option<&'r str> {
    if !message.message.starts_with("linking with") {
        return None;
    }
    rendered.lines().find_map(|line| line.find("undefined ").map(|at| line[at..].trim_end()))
}

/// The line the message is about, if that is in this file.
fn line_in(message: &Message, file: &Path) -> Option<u32> {
    message.spans.iter().filter(|span| span.is_primary).find_map(|span| span.line_in(file))
}
