//! Hangs: which kind, how soon, and where everybody waits.

mod story;

use std::time::Duration;

use protocol::Answer;

use crate::process::{answer, run};
use story::{told, with_tasks};

/// Where everybody waits in a test that deadlocks.
fn deadlock(test: &str) -> Vec<String> {
    match answer(test) {
        Answer::Deadlocked { waits, .. } => told(&waits),
        other => panic!("{test}: {other:?}"),
    }
}

/// Where everybody is when time is up, for a test that never ends by itself.
fn out_of_time(test: &str) -> Vec<String> {
    let deadline = Duration::from_secs(3);
    let run = run(test, deadline);
    assert!(run.took > deadline / 2, "{test} took {:?}", run.took);
    match run.answer {
        Some(Answer::TimedOut { waits, .. }) => told(&waits),
        other => panic!("{test}: {other:?}"),
    }
}

/// The sentence of a test that awaits something in vain.
fn expected_and_seen(test: &str) -> (String, String) {
    match answer(test) {
        Answer::Failed { failure, .. } => (failure.expected, failure.seen),
        other => panic!("{test}: {other:?}"),
    }
}

#[test]
fn threads_that_wait_for_ever_are_a_deadlock() {
    assert_eq!(deadlock("a_thread_locks_twice"), ["test, second lock: Mutex::lock"]);
    let story = [
        "test, join: JoinHandle::join",
        "thread 1, one receives: mpsc::Receiver::recv",
        "thread 2, two receives: mpsc::Receiver::recv",
    ];
    assert_eq!(deadlock("two_threads_wait_for_each_other"), story);
    let story = ["test, scope: thread::scope", "thread 1, lock inside a scope: Mutex::lock"];
    assert_eq!(deadlock("a_scope_waits_for_its_thread"), story);
}

#[test]
fn to_ask_where_a_thread_waits_does_not_wake_it() {
    let story = [
        "test, join of the first: JoinHandle::join",
        "thread 1, waits for a turn: Condvar::wait",
        "thread 2, waits for a turn: Condvar::wait",
    ];
    assert_eq!(deadlock("a_wake_up_goes_to_the_wrong_thread"), story);
}

#[test]
fn a_job_of_the_tests_own_is_told_with_the_line_that_called_it() {
    let story = [
        "test, join of a scoped thread (in the gate): ScopedJoinHandle::join",
        "thread 1, call in a scope (in the gate): Gate::pass_blocking",
        "thread 2, call in a scope (in the gate): Gate::pass_blocking",
    ];
    assert_eq!(deadlock("jobs_wait_in_a_gate_that_nobody_opens"), story);
}

#[test]
fn an_idle_runtime_waits_for_ever() {
    let story = deadlock("a_runtime_waits_on_a_thread");
    assert_eq!(story[0], "test, block on: Runtime::block_on");
    assert_eq!(story.len(), 3, "{story:?}");
}

#[test]
fn a_wait_that_can_end_is_no_deadlock() {
    for test in ["a_wait_with_a_limit_is_no_deadlock", "a_child_process_is_no_deadlock"] {
        assert!(matches!(answer(test), Answer::Passed { .. }), "{test}");
    }
    assert_eq!(out_of_time("a_silent_network_is_no_deadlock"), ["test, network: ReadU8"]);
}

#[test]
fn endless_loops_are_told_with_their_line() {
    assert_eq!(out_of_time("a_thread_loops"), ["test, endless loop: runs"]);
    assert_eq!(out_of_time("a_task_loops"), ["test, endless loop: runs"]);
    assert_eq!(out_of_time("a_loop_keeps_the_test_waiting"), ["test, endless loop: runs"]);
}

#[test]
fn a_loop_that_yields_is_told_with_its_line() {
    assert_eq!(out_of_time("the_body_yields_for_ever"), ["test, yield: task::yield_now"]);
    let story = with_tasks(&["test, join of a yielding task: JoinHandle"], &["task 1, yield: task::yield_now"]);
    assert_eq!(out_of_time("a_task_yields_for_ever"), story);
}

#[test]
fn tasks_that_wait_for_ever_are_a_deadlock() {
    let tasks = ["task 1, second lock of a task: Mutex::lock", "task 2, second lock of a task: Mutex::lock"];
    let story = with_tasks(&["test, join of a task: JoinHandle"], &tasks);
    assert_eq!(deadlock("two_tasks_wait_for_each_other"), story);
    assert_eq!(deadlock("two_tasks_wait_for_each_other_in_real_time"), story);
    let story = with_tasks(&["test, join of a set: JoinSet::join_next"], &["task 1, -: ?"]);
    assert_eq!(deadlock("the_body_waits_for_a_set"), story);
    let story = deadlock("the_body_waits_for_two_things");
    assert!(story.contains(&"test, select: mpsc::Receiver::recv".to_owned()), "{story:?}");
    assert!(story.contains(&"test, select: Notified".to_owned()), "{story:?}");
    assert_eq!(deadlock("the_test_waits_for_nothing"), [""; 0]);
}

#[test]
fn looking_at_many_tasks_does_not_count_as_polling() {
    assert!(matches!(answer("many_tasks_wait"), Answer::Deadlocked { .. }));
}

#[test]
fn a_deadlock_is_drawn() {
    let Answer::Deadlocked { picture: Some(picture), .. } = answer("two_tasks_wait_for_each_other") else { panic!() };
    assert_eq!(picture.rows[0].label, "transfer");
    assert_eq!(picture.rows[0].bars[0].end, None);
}

#[test]
fn polling_by_timer_is_a_livelock() {
    let Answer::Livelocked { waits, wakeups, .. } = answer("the_body_polls") else { panic!() };
    assert_eq!(told(&waits), ["test, poll: time::sleep"]);
    assert!(wakeups > 20_000, "{wakeups}");
}

/// Polls of spawned tasks are counted by a hook that is unstable, too.
#[cfg(tokio_unstable)]
#[test]
fn a_task_that_polls_is_a_livelock() {
    assert!(matches!(answer("a_task_polls"), Answer::Livelocked { .. }));
    assert!(matches!(answer("a_task_has_a_long_period"), Answer::TimedOut { .. }));
}

#[test]
fn a_pending_timer_is_no_deadlock() {
    let Answer::TimedOut { waits, .. } = answer("a_timer_is_far_away") else { panic!() };
    assert_eq!(told(&waits), ["test, sleep: time::sleep"]);
}

#[test]
fn a_thread_at_work_is_no_deadlock() {
    let Answer::TimedOut { waits, .. } = answer("the_clock_does_not_wait_for_threads") else { panic!() };
    assert_eq!(told(&waits), ["test, a reply: oneshot::Receiver", "thread 1, endless loop: runs"]);
}

#[test]
fn what_a_test_awaits_explains_its_hang() {
    let sentence = |expected: &str, seen: &str| (expected.to_owned(), seen.to_owned());
    assert_eq!(expected_and_seen("threads_never_meet"), sentence("4 calls at the same time", "1"));
    assert_eq!(expected_and_seen("tasks_never_meet"), sentence("4 calls at the same time", "1"));
    assert_eq!(expected_and_seen("the_runtimes_thread_is_blocked"), sentence("4 calls inside `f`", "1"));
    assert_eq!(expected_and_seen("broken_two_of_three_arrive"), sentence("3 threads at the gate", "2"));
}

#[test]
fn nobody_waits_for_a_test_that_cannot_say_what_it_awaits() {
    assert_eq!(deadlock("what_is_awaited_hangs"), ["test, second lock: Mutex::lock"]);
}
