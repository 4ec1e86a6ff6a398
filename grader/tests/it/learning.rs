//! The commands beside the loop: what is next, hints, the solution, a new beginning.

use std::fs;

use serde_json::{Value, json};

use crate::support::{Home, right_text, stub_text};

const WRONG: &str = "pub fn double(n: u32) -> u32 {\n    n + 2\n}\n";

/// Runs a command that works, and returns what it prints.
fn printed(home: &Home, arguments: &[&str]) -> String {
    let finished = home.run(arguments);
    assert_eq!(finished.code, Some(0), "{}{}", finished.out, finished.err);
    finished.out
}

#[test]
fn next_is_the_first_open_exercise_and_builds_nothing() {
    let home = Home::fresh();
    assert!(printed(&home, &["next"]).starts_with("Next: sync-answer   exercises/01-fixtures/src/sync_answer.rs\n"));
    home.solve("sync_answer");
    home.run(&["check", "sync-answer"]);
    assert!(printed(&home, &["next"]).starts_with("Next: async-answer"));
    home.put("sync_answer", "pub fn nothing() {}\n");
    assert!(printed(&home, &["next"]).starts_with("Next: sync-answer"), "what was changed since is open again");
}

#[test]
fn the_list_says_where_each_exercise_stands() {
    let home = Home::fresh();
    home.put("double", WRONG);
    home.run(&["check", "double"]);
    home.put("sync_answer", "pub fn nothing() {}\n");
    fs::remove_file(home.file("shared_count")).expect("it is there");
    let list = printed(&home, &["list"]);
    let lines: Vec<&str> = list.lines().map(str::trim).skip(2).collect();
    assert_eq!(
        lines,
        [
            "◐ sync-answer   warm-up  begun, not run yet",
            "○ async-answer  warm-up",
            "◐ double        warm-up  failed, 1 run",
            "! shared-count  warm-up  the file is missing: `reset` brings it back",
        ]
    );
}

#[test]
fn show_prints_the_contract_and_the_way_so_far() {
    let home = Home::fresh();
    home.put("double", WRONG);
    home.run(&["check", "double"]);
    let page = printed(&home, &["show", "dou"]);
    assert!(page.starts_with("double   Fixtures, warm-up\n    exercises/01-fixtures/src/double.rs\n"), "{page}");
    assert!(page.contains("    ✗\n    1 run: 1 failed\n"), "{page}");
    assert!(page.contains("Twice a number."), "{page}");
}

#[test]
fn a_hint_opens_after_each_run_with_changed_code_and_the_last_one_is_the_solution() {
    let home = Home::fresh();
    home.put_solution("double");
    let hint = || printed(&home, &["hint", "double"]);
    assert!(hint().starts_with("double   hint 1 of 4: A question about the contract"));
    assert!(hint().starts_with("double   hint 1 of 4"), "nothing was run since");
    for (run, rung) in [(1, 2), (2, 3), (3, 4)] {
        home.put("double", format!("// {run}\n{WRONG}"));
        home.run(&["check", "double"]);
        home.run(&["check", "double"]);
        assert!(hint().starts_with(&format!("double   hint {rung} of 4")));
        assert!(hint().starts_with(&format!("double   hint {rung} of 4")), "the same text counts once");
    }
    assert!(hint().contains("n.saturating_mul(2)"));
    assert!(printed(&home, &["solution", "double"]).contains("n.saturating_mul(2)"), "it has been seen");
}

#[test]
fn teachers_see_all_hints_and_nothing_is_remembered() {
    let home = Home::fresh();
    home.put_solution("double");
    let all = printed(&home, &["hint", "--all", "double"]);
    assert!((1..=4).all(|rung| all.contains(&format!("hint {rung} of 4"))), "{all}");
    assert_eq!(home.run(&["solution", "double"]).code, Some(1));
}

#[test]
fn the_solution_opens_with_the_pass_or_for_those_who_give_up() {
    let home = Home::fresh();
    home.put_solution("double");
    let locked = home.run(&["solution", "double"]);
    assert_eq!((locked.code, locked.out.as_str()), (Some(1), ""));
    assert!(locked.err.contains("cargo grader solution double --give-up"), "{}", locked.err);
    assert!(printed(&home, &["solution", "--give-up", "double"]).contains("n.saturating_mul(2)"));
    assert!(printed(&home, &["list"]).contains("solution seen"));
    home.put("double", format!("// Mine.\n{}", right_text("double")));
    assert_eq!(home.run(&["check", "double"]).code, Some(0));
    let page = printed(&home, &["solution", "double"]);
    assert!(page.contains("yours (-) and the solution (+)") && page.contains("- // Mine."), "{page}");
    assert!(!printed(&home, &["list"]).contains("solution seen"), "a pass is a pass");
}

#[test]
fn a_reset_keeps_every_text_it_takes_away() {
    let home = Home::fresh();
    for (text, kept) in [("one", "double-1.rs"), ("two", "double-2.rs")] {
        home.put("double", text);
        let said = printed(&home, &["reset", "double"]);
        assert!(said.contains(&format!(".workbook/kept/{kept}")), "{said}");
        assert_eq!(fs::read_to_string(home.root.join(".workbook/kept").join(kept)).expect("it is kept"), text);
        assert_eq!(fs::read_to_string(home.file("double")).expect("it is there"), stub_text("double"));
    }
    assert!(printed(&home, &["reset", "double"]).contains("nothing to reset"));
    fs::remove_file(home.file("double")).expect("it is there");
    assert!(printed(&home, &["reset", "double"]).contains("double is back"));
}

#[test]
fn a_reset_that_cannot_keep_the_text_takes_nothing_away() {
    let home = Home::fresh();
    home.put("double", "mine");
    fs::create_dir_all(home.root.join(".workbook")).expect("it can be made");
    fs::write(home.root.join(".workbook/kept"), "a file in the way").expect("it can be written");
    let finished = home.run(&["reset", "double"]);
    assert_eq!(finished.code, Some(3));
    assert!(finished.err.contains("so nothing is reset"), "{}", finished.err);
    assert_eq!(fs::read_to_string(home.file("double")).expect("it is there"), "mine");
}

#[test]
fn files_elsewhere_are_not_reset() {
    let home = Home::fresh();
    home.put_solution("double");
    let finished = home.run(&["reset", "--exercises", "solutions", "double"]);
    assert_eq!(finished.code, Some(2));
    assert!(finished.err.contains("only those can be reset"), "{}", finished.err);
}

#[test]
fn a_name_that_stands_for_several_names_them() {
    let home = Home::fresh();
    for command in ["show", "hint", "solution", "reset", "replay"] {
        let finished = home.run(&[command, "fixtures"]);
        assert_eq!(finished.code, Some(2));
        assert!(finished.err.contains("name one of sync-answer, async-answer"), "{}", finished.err);
    }
    let finished = home.run(&["show", "duoble"]);
    assert!(finished.err.contains("did you mean double?"), "{}", finished.err);
}

#[test]
fn after_three_runs_that_end_at_the_same_promise_check_asks_to_stop_and_think() {
    let home = Home::fresh();
    let run = |number| {
        home.put("double", format!("// {number}\n{WRONG}"));
        home.run(&["check", "double"]).out
    };
    assert!(!run(1).contains("in a row"));
    assert!(!run(2).contains("in a row"));
    assert!(run(3).contains("3 runs in a row ended here."));
}

#[test]
fn a_failure_like_that_of_a_known_wrong_solution_names_its_idea() {
    let home = Home::fresh();
    home.put("double", WRONG);
    let told = home.run(&["check", "double"]).out;
    assert!(told.contains("perhaps    you believe: Twice is two more (M02)"), "{told}");
    home.put("double", "pub fn double(n: u32) -> u32 {\n    n.wrapping_mul(2)\n}\n");
    let told = home.run(&["check", "double"]).out;
    assert!(told.contains("perhaps    you believe: Numbers begin again at zero\n"), "{told}");
    let json = home.run(&["check", "--json", "double"]).out;
    let document: Value = serde_json::from_str(&json).expect("it is JSON");
    assert_eq!(document["lessons"][0]["exercises"][0]["diagnosis"][0]["idea"], "Numbers begin again at zero.");
}

#[test]
fn programs_can_read_the_list_and_what_is_next() {
    let home = Home::fresh();
    home.put("double", WRONG);
    home.run(&["check", "double"]);
    let read = |command| serde_json::from_str::<Value>(&printed(&home, &[command, "--json"])).expect("one document");
    let list = read("list");
    assert_eq!(list["summary"], json!({ "passed": 0, "total": 4 }));
    let path = "exercises/01-fixtures/src/double.rs";
    let double = json!({ "slug": "double", "path": path, "level": "warm-up", "verdict": "failed", "runs": 1 });
    assert_eq!(list["lessons"][0]["exercises"][2], double);
    let next = read("next");
    assert_eq!((&next["version"], &next["next"]["slug"]), (&json!(1), &json!("sync-answer")));
}

#[test]
fn what_only_people_read_is_not_printed_where_json_was_asked_for() {
    let home = Home::fresh();
    for command in [&["show", "double"][..], &["hint", "double"], &["solution", "double"], &["reset", "double"]] {
        let finished = home.run(&[command, &["--json"]].concat());
        assert_eq!((finished.code, finished.out.as_str()), (Some(2), ""));
        assert!(finished.err.contains("check, list, next and replay print JSON"), "{}", finished.err);
    }
}
