//! Schedules: explored where they matter, told as a story, replayed.

use serde_json::Value;

use grader::verdict::Verdict;

use crate::hostile::outcome;
use crate::support::Home;

/// The story of the schedule that failed.
fn story(name: &str) -> interleave_story::trace::Story {
    let explored = outcome(name).first_problem().and_then(|test| test.explored.clone());
    explored.and_then(|explored| explored.story).unwrap_or_else(|| panic!("{name} has no story"))
}

#[test]
fn a_schedule_that_fails_is_told_with_the_learners_lines() {
    let story = story("loses_an_update");
    let own =
        story.steps.iter().filter_map(|step| step.place.as_ref()).find(|it| it.file.ends_with("loses_an_update.rs"));
    assert_eq!(own.map(|place| place.line), Some(16), "the lock in `get`, called by the second line of `add`");
    assert!(story.steps.iter().any(|step| step.deviates), "only an interruption loses an update");
    let problem = outcome("loses_an_update").first_problem().expect("a broken promise");
    assert_eq!((problem.expected.as_deref(), problem.seen.as_deref()), (Some("the count: 2"), Some("1")));
}

#[test]
fn a_deadlock_of_one_schedule_says_who_waits_where_for_whom() {
    let problem = outcome("locks_in_two_orders").first_problem().expect("a deadlock");
    let lines: Vec<u32> = problem.waits.iter().filter_map(|wait| Some(wait.place.as_ref()?.line)).collect();
    assert_eq!(lines, [23, 18], "each at its second lock");
    let interleave_story::trace::Ending::Deadlocked { waits } = story("locks_in_two_orders").ending else {
        panic!("the story ends otherwise")
    };
    assert!(waits.iter().all(|wait| wait.held_by.len() == 1 && wait.held_by[0].party != wait.party));
}

#[test]
fn a_todo_that_only_a_schedule_reaches_is_named_by_its_line() {
    assert_eq!(outcome("has_the_second_thread_to_do").todos, [13]);
}

#[test]
fn a_panic_that_only_a_schedule_reaches_is_the_learners() {
    let problem = outcome("panics_when_two_meet").first_problem().expect("a panic");
    let panic = problem.panic.as_ref().expect("the panic behind it");
    assert_eq!(panic.place.line, 11);
    assert!(panic.message.starts_with("the lock is free"), "{}", panic.message);
}

#[test]
fn what_is_not_modelled_is_judged_by_the_other_tests_and_says_so() {
    for (name, why) in [
        ("uses_what_is_not_modelled", "line 5"),
        ("waits_where_the_model_does_not_look", "it waits in a way that the model does not see"),
        ("is_different_every_time", "it does not do the same each time"),
    ] {
        let outcome = outcome(name);
        assert_eq!((outcome.verdict, outcome.tests.len()), (Some(Verdict::Passed), 1), "{name}");
        let said = outcome.unmodelled.as_deref().unwrap_or_default();
        assert!(said.contains(why), "{name}: {said}");
    }
}

#[test]
fn a_replay_shows_the_failing_schedule_and_ends_with_0() {
    let home = Home::fresh();
    home.put_hostile("shared_count", "loses_an_update");
    let finished = home.run(&["replay", "shared-count"]);
    assert_eq!(finished.code, Some(0), "{}{}", finished.out, finished.err);
    assert!(finished.out.contains("expected the count: 2, seen 1"), "{}", finished.out);
    assert!(finished.out.contains("*self.0.lock().unwrap() = before + 1;"), "{}", finished.out);
    let picture = home.run(&["replay", "shared-count", "--svg"]);
    assert!(picture.out.starts_with("<svg ") && picture.code == Some(0), "{}", picture.out);
    let document: Value = serde_json::from_str(&home.run(&["check", "shared-count", "--json"]).out).expect("JSON");
    let tests = document["lessons"][0]["exercises"][0]["tests"].as_array().expect("tests");
    let trace = &tests.iter().find(|test| test["name"] == "no_call_is_lost").expect("the model's test")["trace"];
    assert_eq!(trace["ending"]["kind"], "panicked");
    assert_eq!(home.run(&["replay", "shared-count"]).out, finished.out, "the same every time");
}

#[test]
fn without_a_failing_schedule_a_replay_says_why_and_ends_with_1() {
    let home = Home::fresh();
    home.solve("shared_count");
    let finished = home.run(&["replay", "shared-count"]);
    assert_eq!(finished.code, Some(1), "{}", finished.err);
    assert!(finished.out.ends_with("Nothing to replay: no schedule breaks it.\n"), "{}", finished.out);
    let finished = home.run(&["replay", "double"]);
    assert!(finished.out.ends_with("schedules do not matter in this exercise.\n"), "{}", finished.out);
    let finished = home.run(&["replay", "1"]);
    assert_eq!(finished.code, Some(2), "{}", finished.out);
    assert!(finished.err.contains("more than one exercise"), "{}", finished.err);
}
