//! What outlives a test.

use protocol::{Answer, Waiting};

use crate::process::answer;

/// Tasks, threads, and where they are.
fn leaks(test: &str) -> (u32, u32, Vec<Waiting>) {
    match answer(test) {
        Answer::Leaked { tasks, threads, waits, .. } => (tasks, threads, waits),
        other => panic!("{test}: {other:?}"),
    }
}

#[test]
fn tasks_that_stay_are_leaked() {
    for test in ["a_task_stays", "a_task_stays_in_real_time"] {
        let (tasks, threads, waits) = leaks(test);
        assert_eq!((tasks, threads), (1, 0), "{test}");
        // The task waits for nothing that tokio knows, so there is an entry and no place.
        assert_eq!(waits.len(), usize::from(cfg!(all(feature = "taskdump", tokio_unstable))), "{test}");
    }
}

#[test]
fn threads_that_stay_are_leaked() {
    for (test, on) in [
        ("a_thread_stays", Some("mpsc::Receiver::recv")),
        ("a_thread_goes_on", None),
        ("a_blocking_call_stays", Some("Gate::pass_blocking")),
    ] {
        let (tasks, threads, waits) = leaks(test);
        assert_eq!((tasks, threads, waits.len()), (0, 1, 1), "{test}");
        assert_eq!(waits[0].on.as_deref(), on, "{test}");
        let place = waits[0].learner.as_ref().unwrap_or_else(|| panic!("{test}: no place"));
        assert!(place.file.ends_with("tests/subject/learner.rs"), "{test}: {place:?}");
    }
}

#[test]
fn what_is_about_to_end_is_not_leaked() {
    for test in [
        "a_task_ends_later",
        "a_task_ends_when_a_thread_does",
        "a_blocking_call_ends_later",
        "a_thread_ends_later",
        "threads_end_with_their_scope",
    ] {
        let answer = answer(test);
        assert!(matches!(answer, Answer::Passed { .. }), "{test}: {answer:?}");
    }
}

#[test]
fn a_drop_that_hangs_does_not_hide_a_failure() {
    let Answer::Failed { failure, .. } = answer("a_task_hangs_in_drop") else { panic!() };
    assert_eq!(failure.seen, "there is a task");
}
