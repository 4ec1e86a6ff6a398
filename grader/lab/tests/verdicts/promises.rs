//! Tests that come to an end.

use std::time::Duration;

use protocol::{Answer, Failure, Picture, Unit};

use crate::process::{answer, run};

/// The failure of a test that fails.
fn failure(test: &str) -> (Failure, Option<Picture>) {
    match answer(test) {
        Answer::Failed { failure, picture } => (failure, picture),
        other => panic!("{test}: {other:?}"),
    }
}

#[test]
fn what_is_right_passes() {
    assert_eq!(answer("threads_pass"), Answer::Passed { picture: None });
    let Answer::Passed { picture: Some(picture) } = answer("tasks_pass") else { panic!() };
    assert_eq!((picture.unit, picture.end), (Unit::Milliseconds, 10));
}

#[test]
fn a_broken_promise_is_told_and_drawn() {
    let (failure, picture) = failure("a_promise_is_broken");
    assert_eq!((&*failure.expected, &*failure.seen), ("the answer: 42", "41"));
    assert_eq!(picture.unwrap().rows[0].label, "job 1");
}

#[test]
fn a_broken_promise_survives_a_swallowed_panic() {
    assert_eq!(failure("a_promise_is_broken_inside_a_call").0.expected, "the item: 2");
}

#[test]
fn an_assertion_is_told_with_the_promise() {
    let (failure, _) = failure("an_assertion_fails");
    assert_eq!(failure.expected, "Plain assertions are read as well.");
    assert!(failure.seen.contains("sums are right"), "{failure:?}");
}

#[test]
fn todo_is_no_failure() {
    for test in ["something_is_still_to_do", "something_is_still_to_do_elsewhere"] {
        let Answer::Todo { place: Some(place) } = answer(test) else { panic!("{test}") };
        assert!(place.file.ends_with("learner.rs"), "{place:?}");
    }
}

#[test]
fn a_panic_that_nobody_looks_at_fails_the_test() {
    for test in ["a_detached_thread_panics", "a_thread_panics_later", "a_blocking_call_panics_later"] {
        let panic = failure(test).0.panic.unwrap_or_else(|| panic!("{test}: no panic"));
        assert!(panic.message.starts_with("index out of bounds") && panic.elsewhere, "{test}: {panic:?}");
    }
}

#[test]
fn a_replaced_hook_fails_the_test() {
    assert!(failure("the_hook_is_replaced").0.seen.contains("hook was replaced"));
}

#[test]
fn a_process_that_is_ended_has_no_answer() {
    assert_eq!(run("the_process_is_ended", Duration::from_secs(30)).answer, None);
}
