//! Gate, rendezvous, quiescence, census of threads.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use lab::prelude::*;

/// A gate holds threads back, lets as many through as it is told, and in the end all.
#[lab::test(read = "Gates")]
fn a_gate_holds_threads() {
    let (gate, through) = (Gate::closed(), AtomicUsize::new(0));
    thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| {
                gate.pass_blocking();
                through.fetch_add(1, Ordering::SeqCst);
            });
        }
        gate.wait_for(3, "threads at the gate");
        quiesce();
        expect_eq("threads through the closed gate", 0, through.load(Ordering::SeqCst));
        expect_eq("threads at the gate", (3, 3), (gate.arrived(), gate.waiting()));
        gate.admit(2);
        quiesce();
        expect_eq("threads through the gate after two were admitted", 2, through.load(Ordering::SeqCst));
        expect_eq("threads at the gate then", (3, 1), (gate.arrived(), gate.waiting()));
        gate.open();
    });
    expect_eq("threads through the open gate", 3, through.load(Ordering::SeqCst));
    gate.pass_blocking();
}

/// The same for tasks; one that is dropped in front of the gate has still arrived.
#[lab::test(read = "Gates")]
async fn a_gate_holds_tasks() {
    let gate = Gate::closed();
    let tasks: Vec<_> = (0..3)
        .map(|_| {
            tokio::spawn({
                let gate = gate.clone();
                async move { gate.pass().await }
            })
        })
        .collect();
    gate.arrivals(3, "tasks at the gate").await;
    tasks[0].abort();
    settle().await;
    expect_eq("tasks alive after one was aborted", 2, census::tasks());
    expect_eq("arrivals", 3, gate.arrived());
    gate.admit(1);
    settle().await;
    expect_eq("tasks alive after one was admitted", 1, census::tasks());
    gate.open();
    settle().await;
    expect_eq("tasks alive after the gate was opened", 0, census::tasks());
}

/// One gate is for threads and for tasks.
#[lab::test(read = "Gates", clock = real)]
async fn a_gate_is_for_both() {
    let gate = Gate::closed();
    let inside = gate.clone();
    let call = tokio::task::spawn_blocking(move || inside.pass_blocking());
    gate.arrivals(1, "calls at the gate").await;
    gate.open();
    call.await.unwrap();
}

/// Those who meet go on together.
#[lab::test(read = "Gates")]
fn threads_meet() {
    let (meeting, _awaited) = Rendezvous::of(3, "threads at the same time");
    thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| meeting.meet_blocking());
        }
    });
    expect_eq("threads that came", 3, meeting.arrived());
}

/// Tasks meet, too.
#[lab::test(read = "Gates")]
async fn tasks_meet() {
    let (meeting, _awaited) = Rendezvous::of(2, "tasks at the same time");
    tokio::join!(meeting.meet(), meeting.meet());
    expect_eq("tasks that came", 2, meeting.arrived());
}

/// Two come where three are expected.
#[lab::test(read = "Gates")]
fn broken_two_of_three_arrive() {
    let gate = Gate::closed();
    thread::scope(|scope| {
        scope.spawn(|| gate.pass_blocking());
        scope.spawn(|| gate.pass_blocking());
        gate.wait_for(3, "threads at the gate");
    });
}

/// The lab's own thread is not counted.
#[lab::test(read = "Gates")]
fn threads_are_counted() {
    let Some(alone) = census::threads() else { return };
    expect_eq("threads of a test that has started none", 1, alone);
    let gate = Gate::closed();
    thread::scope(|scope| {
        scope.spawn(|| gate.pass_blocking());
        gate.wait_for(1, "threads");
        expect_eq("threads while there is another", Some(2), census::threads());
        gate.open();
    });
}
