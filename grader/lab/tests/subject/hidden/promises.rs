//! Programs that end, well or badly.

use lab::prelude::*;

use crate::learner;

/// Nothing is wrong.
#[lab::test(read = "Promises")]
fn threads_pass() {
    expect_eq("the results", vec![1, 2], learner::map_on_threads(&[0, 1], |item| item + 1));
}

/// Nothing is wrong.
#[lab::test(read = "Promises")]
async fn tasks_pass() {
    let journal = Journal::new();
    tokio::spawn(journal.work("job 1", ms(10))).await.unwrap();
    expect_eq("the time", 10, elapsed_ms());
}

/// The answer is 42.
#[lab::test(read = "Promises")]
fn a_promise_is_broken() {
    let journal = Journal::new();
    drop(journal.begin("job 1"));
    expect_eq("the answer", 42, 41);
}

/// A broken promise counts also where it is found inside a callback whose panic is swallowed.
#[lab::test(read = "Promises")]
fn a_promise_is_broken_inside_a_call() {
    let _ = std::panic::catch_unwind(|| learner::map_on_threads(&[1], |item| expect_eq("the item", 2, *item)));
}

/// Plain assertions are read as well.
#[lab::test(read = "Promises")]
fn an_assertion_fails() {
    assert_eq!(1 + 1, 3, "sums are right");
}

/// The function does something.
#[lab::test(read = "Promises")]
fn something_is_still_to_do() {
    learner::unfinished();
}

/// The function does something.
#[lab::test(read = "Promises")]
fn something_is_still_to_do_elsewhere() {
    learner::unfinished_elsewhere();
}

/// Nobody panics.
#[lab::test(read = "Promises")]
fn a_detached_thread_panics() {
    learner::panics_in_a_detached_thread();
    quiesce();
}

/// The hook stays.
#[lab::test(read = "Promises")]
fn the_hook_is_replaced() {
    learner::replaces_the_hook();
}

/// The process stays.
#[lab::test(read = "Promises")]
fn the_process_is_ended() {
    learner::ends_the_process();
}
