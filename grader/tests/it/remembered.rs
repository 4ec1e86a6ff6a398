//! What is remembered between runs.

#![cfg(unix)]

use std::fs;

use serde_json::Value;

use crate::support::{Home, finish, fixtures};

fn remembered(home: &Home) -> Value {
    let bytes = fs::read(home.root.join(".workbook/progress.json")).expect("something is remembered");
    serde_json::from_slice(&bytes).expect("the file is whole")
}

fn is_kept_aside(content: &str, why: &str) {
    let home = Home::fresh();
    fs::create_dir_all(home.root.join(".workbook")).expect("the scratch folder can be written");
    fs::write(home.root.join(".workbook/progress.json"), content).expect("the scratch folder can be written");
    home.solve("double");
    let finished = home.run(&["check", "double"]);
    assert_eq!(finished.code, Some(0), "{}{}", finished.out, finished.err);
    assert!(finished.err.contains("cannot be understood") && finished.err.contains(why), "{}", finished.err);
    assert!(finished.err.contains("progress.json.old-1"), "{}", finished.err);
    let aside = fs::read_to_string(home.root.join(".workbook/progress.json.old-1"));
    assert_eq!(aside.ok().as_deref(), Some(content));
    assert!(remembered(&home)["exercises"]["01-fixtures/double"].is_object());
    assert!(!home.run(&["check", "double"]).err.contains("cannot be understood"));
}

#[test]
fn a_damaged_file_is_kept_aside_and_said_so() {
    is_kept_aside("{ \"version\": 1, \"exercises\": { \"01-fix", "line 1");
}

#[test]
fn a_file_of_an_older_version_is_kept_aside_and_said_so() {
    is_kept_aside("{ \"version\": 0, \"exercises\": {} }", "it has version 0");
}

#[test]
fn two_graders_at_once_come_to_the_same_verdicts_and_remember_all() {
    let home = Home::fresh();
    let modules = ["sync_answer", "async_answer", "double", "shared_count"];
    modules.iter().for_each(|module| home.solve(module));
    let both: Vec<_> = (0..2).map(|_| home.grader(&["check"]).spawn().expect("the grader starts")).collect();
    for grader in both {
        let finished = finish(grader);
        assert_eq!(finished.code, Some(0), "{}{}", finished.out, finished.err);
        assert!(finished.out.ends_with("4 of 4 passed\n"), "{}", finished.out);
    }
    assert_eq!(remembered(&home)["exercises"].as_object().map(serde_json::Map::len), Some(4));
}

#[test]
fn a_verdict_on_a_file_elsewhere_is_not_remembered_as_the_learners() {
    let home = Home::fresh();
    home.solve("double");
    assert_eq!(home.run(&["check", "double"]).code, Some(0));
    let before = remembered(&home);
    let elsewhere = home.root.join("double.rs");
    fs::copy(fixtures().join("hostile/double/leaves_the_large_numbers_to_do.rs"), &elsewhere).expect("it is there");
    assert_eq!(home.run(&["check", elsewhere.to_str().expect("the path is text")]).code, Some(1));
    assert_eq!(remembered(&home), before);
}
