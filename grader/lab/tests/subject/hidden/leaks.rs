//! Programs that leave something behind, and some that do not.

use std::future::pending;
use std::thread;

use lab::prelude::*;

use crate::learner;

/// No task stays.
#[lab::test(read = "Leaks")]
async fn a_task_stays() {
    learner::leaves_a_task(pending());
}

/// No task stays.
#[lab::test(read = "Leaks", clock = real)]
async fn a_task_stays_in_real_time() {
    learner::leaves_a_task(pending());
}

/// A task that has something to finish may.
#[lab::test(read = "Leaks")]
async fn a_task_ends_later() {
    learner::leaves_a_task(tokio::time::sleep(ms(5_000)));
}

/// A task that waits for a thread's work may end later.
#[lab::test(read = "Leaks", clock = real)]
async fn a_task_ends_when_a_thread_does() {
    learner::leaves_a_task(async { tokio::task::spawn_blocking(take_a_while).await.unwrap() });
}

/// A call that is under way may end later.
#[lab::test(read = "Leaks", clock = real)]
async fn a_blocking_call_ends_later() {
    learner::leaves_a_blocking_call(take_a_while).await;
}

/// No call stays in a thread.
#[lab::test(read = "Leaks", clock = real)]
async fn a_blocking_call_stays() {
    let gate = Gate::closed();
    let inside = gate.clone();
    learner::leaves_a_blocking_call(move || inside.pass_blocking()).await;
    gate.arrivals(1, "calls").await;
}

/// No thread stays.
#[lab::test(read = "Leaks")]
fn a_thread_stays() {
    learner::leaves_a_waiting_thread();
}

/// No thread stays.
#[lab::test(read = "Leaks")]
fn a_thread_goes_on() {
    learner::leaves_a_thread_that_ends(learner::loops_for_ever);
}

/// A thread that was told to end may take its time.
#[lab::test(read = "Leaks")]
fn a_thread_ends_later() {
    learner::leaves_a_thread_that_ends(take_a_while);
}

/// A panic counts also if it comes after the end of the test.
#[lab::test(read = "Leaks")]
fn a_thread_panics_later() {
    learner::leaves_a_thread_that_ends(|| {
        take_a_while();
        learner::panics();
    });
}

/// The same for a call that a runtime has to do with.
#[lab::test(read = "Leaks", clock = real)]
async fn a_blocking_call_panics_later() {
    learner::leaves_a_blocking_call(|| {
        take_a_while();
        learner::panics();
    })
    .await;
}

/// No thread stays.
#[lab::test(read = "Leaks")]
fn threads_end_with_their_scope() {
    expect_eq("the results", vec![2, 4], learner::map_on_threads(&[1, 2], |item| item * 2));
}

/// A task that hangs when it is dropped does not hide what went wrong.
#[lab::test(read = "Leaks")]
async fn a_task_hangs_in_drop() {
    let hangs = learner::HangsInDrop;
    learner::leaves_a_task(async move {
        let _hangs = hangs;
        pending::<()>().await;
    });
    settle().await;
    assert!(census::tasks() == 0, "there is a task");
}

/// Longer than a test takes to end, and no time that anybody waits for.
fn take_a_while() {
    for _ in 0..20 {
        thread::yield_now();
        std::hint::black_box((0..10_000).sum::<u64>());
    }
}
