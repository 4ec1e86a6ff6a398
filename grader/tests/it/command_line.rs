//! What a person at the terminal, or a program that reads along, gets to see.

#![cfg(unix)]

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::support::{Home, finish, right_text, scratch};

#[test]
fn a_wrong_name_is_answered_with_the_nearest() {
    let home = Home::fresh();
    let finished = home.run(&["check", "sync-anwser"]);
    assert_eq!(finished.code, Some(2), "{}", finished.err);
    assert!(finished.err.contains("did you mean sync-answer"), "{}", finished.err);
    assert!(!finished.err.contains("panicked"));
}

#[test]
fn two_answers_to_the_same_exercise_are_both_graded() {
    let home = Home::fresh();
    let folders = ["one", "two"].map(|name| scratch("two_answers").join(name));
    let right = right_text("double");
    for (folder, text) in folders.iter().zip([right.clone(), right.replace("mul(2)", "mul(3)")]) {
        fs::create_dir_all(folder).expect("a folder can be made");
        fs::write(folder.join("double.rs"), text).expect("a file can be written");
    }
    let files = folders.map(|folder| folder.join("double.rs").to_str().expect("its path is text").to_owned());
    let finished = home.run(&["check", "--json", &files[0], &files[1]]);
    let document: Value = serde_json::from_str(&finished.out).expect("one JSON document");
    assert_eq!(document["summary"], serde_json::json!({ "passed": 1, "total": 2 }), "{}", finished.out);
    assert_eq!(finished.code, Some(1), "{}", finished.err);
}

#[test]
fn wrong_flags_are_named() {
    let home = Home::fresh();
    for (arguments, named) in [
        (vec!["check", "--timeout", "0"], "0 is not in 1..=3600"),
        (vec!["check", "--timeout", "soon"], "soon"),
        (vec!["check", "--jobs", "0"], "0 is not in 1..=1024"),
        (vec!["check", "--frobnicate"], "--frobnicate"),
        (vec!["--color", "mauve"], "mauve"),
        (vec!["chekc"], "chekc"),
        (vec!["check", "--exercises", "no/such/folder"], "no/such/folder"),
    ] {
        let finished = home.run(&arguments);
        assert_eq!(finished.code, Some(2), "{arguments:?}: {}", finished.err);
        assert!(finished.err.contains(named), "{arguments:?}: {}", finished.err);
    }
}

#[test]
fn without_cargo_there_is_a_sentence() {
    let home = Home::fresh();
    home.solve("double");
    let mut command = home.grader(&["check", "double"]);
    let finished = finish(command.env("PATH", "/nowhere").env_remove("CARGO").spawn().expect("the grader starts"));
    assert_eq!(finished.code, Some(3), "{}", finished.err);
    assert!(finished.err.contains("is Rust installed"), "{}", finished.err);
}

#[test]
fn without_a_linker_there_is_a_sentence() {
    let sysroot = Command::new("rustc").args(["--print", "sysroot"]).output().expect("there is a compiler");
    let tools = Path::new(str::from_utf8(&sysroot.stdout).expect("its path is text").trim()).join("bin");
    let home = Home::fresh();
    home.solve("double");
    let finished = finish(home.grader(&["check", "double"]).env("PATH", tools).spawn().expect("the grader starts"));
    assert_eq!(finished.code, Some(3), "{}", finished.err);
    assert!(finished.err.contains("is a linker installed"), "{}", finished.err);
}

#[test]
fn untouched_exercises_need_no_cargo() {
    let home = Home::fresh();
    let finished = finish(home.grader(&[]).env("PATH", "/nowhere").env_remove("CARGO").spawn().expect("it starts"));
    assert_eq!(finished.code, Some(0), "{}", finished.err);
    assert!(finished.out.contains("Next: sync-answer"), "{}", finished.out);
}

#[test]
fn a_missing_file_is_not_started_in_the_report_and_a_mistake_when_named() {
    let home = Home::fresh();
    fs::remove_file(home.file("sync_answer")).expect("the file is there");
    let report = home.run(&["--json"]);
    assert_eq!(report.code, Some(0), "{}", report.err);
    let document: Value = serde_json::from_str(&report.out).expect("one JSON document");
    assert_eq!(document["lessons"][0]["exercises"][0]["verdict"], "not_started");
    let named = home.run(&["check", "sync-answer"]);
    assert_eq!(named.code, Some(2));
    assert!(named.out.contains("there is no such file"), "{}", named.out);
}

#[test]
fn a_file_that_cannot_be_read_is_an_error_when_named_and_spoils_nothing_else() {
    let home = Home::fresh();
    home.solve("double");
    fs::remove_file(home.file("sync_answer")).expect("the file is there");
    fs::create_dir(home.file("sync_answer")).expect("the scratch folder can be written");
    let finished = home.run(&["check", "sync-answer", "double", "--json"]);
    assert_eq!(finished.code, Some(2), "{}", finished.err);
    let document: Value = serde_json::from_str(&finished.out).expect("one JSON document");
    let exercises = &document["lessons"][0]["exercises"];
    assert_eq!((&exercises[0]["verdict"], &exercises[0]["error"]), (&Value::Null, &Value::from("it is a folder")));
    assert_eq!(exercises[1]["verdict"], "passed");
    assert_eq!(home.run(&[]).code, Some(0));
}

#[test]
fn json_is_one_document_whatever_happens() {
    let home = Home::fresh();
    home.put_hostile("sync_answer", "has_a_syntax_error");
    home.put_hostile("async_answer", "tasks_wait_for_each_other");
    home.solve("double");
    let finished = home.run(&["check", "--json"]);
    assert_eq!(finished.code, Some(1), "{}", finished.err);
    let document: Value = serde_json::from_str(&finished.out).expect("one JSON document and nothing else");
    assert_eq!(document["version"], 1);
    assert_eq!(document["summary"], serde_json::json!({ "passed": 1, "total": 4 }));
    let exercises = document["lessons"][0]["exercises"].as_array().expect("exercises");
    let verdicts: Vec<&str> = exercises.iter().filter_map(|one| one["verdict"].as_str()).collect();
    assert_eq!(verdicts, ["does_not_compile", "deadlocked", "passed", "not_started"]);
    assert_eq!(exercises[0]["diagnostics"][0]["line"], 6);
}

#[test]
fn a_reader_that_goes_away_is_no_reason_to_panic() {
    let home = Home::fresh();
    for arguments in [vec!["--help"], vec![], vec!["--json"], vec!["check", "--json"], vec!["check", "--frobnicate"]] {
        let mut grader = home.grader(&arguments).spawn().expect("the grader starts");
        drop(grader.stdout.take());
        let finished = finish(grader);
        assert!(!finished.err.contains("panicked"), "{arguments:?}: {}", finished.err);
        assert!(matches!(finished.code, Some(0..=2)), "{arguments:?}: {:?}", finished.code);
    }
}

#[test]
fn a_reader_that_has_read_enough_is_no_reason_to_panic() {
    let home = Home::fresh();
    let mut grader = home.grader(&["--json"]).spawn().expect("the grader starts");
    let mut first = String::new();
    BufReader::new(grader.stdout.take().expect("a pipe")).read_line(&mut first).expect("the first line");
    let finished = finish(grader);
    assert_eq!((first.as_str(), finished.code), ("{\n", Some(0)), "{}", finished.err);
    assert!(!finished.err.contains("panicked"), "{}", finished.err);
}

#[test]
fn an_answer_that_is_right_half_of_the_time_has_failed_and_says_how_often() {
    let home = Home::fresh();
    let calls = home.root.join("calls");
    let _ = fs::remove_file(&calls);
    home.put_unlucky("sync_answer", "is_right_every_other_time");
    let child = home.grader(&["check", "sync-answer", "--json"]).env("CALLS", &calls).spawn();
    let finished = finish(child.expect("the grader starts"));
    let document: Value = serde_json::from_str(&finished.out).expect("one JSON document");
    let test = &document["lessons"][0]["exercises"][0]["tests"][0];
    assert_eq!(test["verdict"], "failed", "{test:#}");
    let seen = test["seen"].as_str().unwrap_or_default();
    assert!(seen.starts_with("passed ") && seen.contains(" runs in fresh processes"), "{seen}");
    assert_eq!(test["expected"], "The answer is 42, every time");
}
