//! Answers that do not compile: what a person reads about them.

use std::fs;

use grader::session::{self, Options};
use grader::verdict::Verdict;

use crate::hostile::outcome;
use crate::support::{program, right, runner, scratch, workbook};

/// The line and the message of the first error.
fn first_error(name: &str) -> (Option<u32>, &'static str) {
    let first = outcome(name).diagnostics.iter().find(|diagnostic| diagnostic.is_error);
    let first = first.unwrap_or_else(|| panic!("{name} does not compile, and nothing says why"));
    (first.line, &first.message)
}

#[test]
fn an_error_in_the_file_is_shown_as_the_compiler_shows_it() {
    let (line, message) = first_error("has_a_syntax_error");
    assert_eq!((line, message), (Some(6), "this file contains an unclosed delimiter"));
    let rendered = &outcome("has_a_syntax_error").diagnostics[0].rendered;
    assert!(rendered.contains("has_a_syntax_error.rs"), "{rendered}");
}

#[test]
fn an_error_inside_a_macro_call_is_shown_at_the_call() {
    let (line, message) = first_error("has_an_error_inside_a_macro_call");
    assert_eq!((line, message), (Some(7), "`Secret` doesn't implement `std::fmt::Display`"));
}

#[test]
fn a_missing_function_is_asked_for_with_its_signature() {
    let (line, message) = first_error("has_no_answer");
    assert_eq!(line, None);
    assert_eq!(message, "the contract asks for `answer`, and the file does not offer it:\n    pub fn answer() -> u32");
}

#[test]
fn a_private_function_is_asked_for_with_its_signature() {
    let (_, message) = first_error("keeps_the_answer_private");
    assert!(message.starts_with("`answer` cannot be used as the contract says"), "{message}");
    assert!(message.ends_with("\n    pub fn answer() -> u32"), "{message}");
}

#[test]
fn another_signature_is_answered_with_the_contracts() {
    for name in ["wants_an_argument", "is_async_without_need"] {
        let (line, message) = first_error(name);
        assert_eq!(line, None);
        assert!(message.starts_with("the file cannot be used as the contract says"), "{message}");
        assert!(message.ends_with("\n    pub fn answer() -> u32"), "{message}");
    }
}

#[test]
fn a_file_that_configures_itself_away_offers_nothing() {
    let (_, message) = first_error("is_configured_away");
    assert_eq!(message, "the file does not offer what the contract asks for:\n    pub fn answer() -> u32");
}

#[test]
fn a_second_file_is_declined_kindly() {
    let (line, message) = first_error("has_a_module_elsewhere");
    assert_eq!(line, Some(4));
    let wanted = "an exercise is a single file: put the code of `mod helper;` here, as `mod helper { … }`";
    assert_eq!(message, wanted);
}

#[test]
#[cfg(unix)]
fn what_the_linker_misses_is_named() {
    let (_, message) = first_error("does_not_link");
    assert!(message.contains("the_function_that_no_library_has"), "{message}");
}

#[test]
fn a_future_that_is_never_awaited_is_remarked_upon() {
    let remark = outcome("forgets_to_await").diagnostics.first().expect("the compiler warns");
    assert_eq!((remark.line, remark.is_error), (Some(13), false));
    assert!(remark.message.contains("must be used"), "{}", remark.message);
}

#[test]
fn a_file_that_breaks_the_compiler_down_harms_only_itself() {
    let folder = scratch("breaks_the_compiler");
    fs::create_dir_all(&folder).expect("the scratch folder can be written");
    let file = folder.join("sync_answer.rs");
    let text = format!("pub fn answer() -> u32 {{ {}42{} }}\n", "(".repeat(20_000), ")".repeat(20_000));
    fs::write(&file, &text).expect("the scratch folder can be written");
    let programs = vec![program("nested", "sync_answer", file, text), right("double", "beside_nested")];
    let options = Options { jobs: 2, all: false, again: false };
    let runner = runner(std::time::Duration::from_secs(10));
    let judged = session::judge(&workbook(folder), programs, &runner, &options, &mut |_| ());
    let judged = judged.expect("no learner's file keeps the grader from working");
    assert_eq!(judged[0].outcome.verdict, Some(Verdict::DoesNotCompile));
    assert!(judged[0].outcome.diagnostics[0].message.starts_with("the compiler broke down on this file"));
    assert_eq!(judged[1].outcome.verdict, Some(Verdict::Passed));
}
