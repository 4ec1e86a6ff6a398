//! Programs that do not end by themselves.

use std::future::pending;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use lab::awaited::awaiting;
use lab::prelude::*;
use tokio::io::AsyncReadExt;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Notify, mpsc};

use crate::learner;

/// One thread locks twice.
#[lab::test(read = "Hangs")]
fn a_thread_locks_twice() {
    learner::locks_twice(&Mutex::new(1));
}

/// The test waits for something that a loop keeps from happening.
#[lab::test(read = "Hangs")]
fn a_loop_keeps_the_test_waiting() {
    let _awaited = awaiting("an end", || "none".to_owned());
    learner::loops_for_ever();
}

/// A wake-up goes to the wrong thread.
#[lab::test(read = "Hangs")]
fn a_wake_up_goes_to_the_wrong_thread() {
    learner::wakes_the_wrong_one();
}

/// Threads wait for each other.
#[lab::test(read = "Hangs")]
fn two_threads_wait_for_each_other() {
    learner::two_threads_wait_for_each_other();
}

/// The end of a scope waits.
#[lab::test(read = "Hangs")]
fn a_scope_waits_for_its_thread() {
    learner::scope_waits_for_ever();
}

/// A job of the test's own waits on the learner's thread.
#[lab::test(read = "Hangs")]
fn jobs_wait_in_a_gate_that_nobody_opens() {
    let gate = Gate::closed();
    // Here: in the gate
    learner::map_on_threads(&[1, 2], |_| gate.pass_blocking());
}

/// A runtime that the learner made is idle for ever.
#[lab::test(read = "Hangs")]
fn a_runtime_waits_on_a_thread() {
    learner::has_a_runtime_of_its_own();
}

/// A wait with a limit ends.
#[lab::test(read = "Hangs")]
fn a_wait_with_a_limit_is_no_deadlock() {
    learner::waits_with_a_limit();
}

/// A child process ends by itself.
#[lab::test(read = "Hangs", clock = real)]
async fn a_child_process_is_no_deadlock() {
    let child = tokio::process::Command::new("sleep").arg("0.1").status().await;
    expect(child.is_ok_and(|status| status.success()), "the child ends well", "it did not");
}

/// Sockets are fed from outside.
#[lab::test(read = "Hangs", clock = real)]
async fn a_silent_network_is_no_deadlock() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let mut here = TcpStream::connect(listener.local_addr().unwrap()).await.unwrap();
    let _there = listener.accept().await.unwrap();
    // Here: network
    let _ = here.read_u8().await;
}

/// The learner's code never returns.
#[lab::test(read = "Hangs")]
fn a_thread_loops() {
    learner::loops_for_ever();
}

/// A task never gives the thread back.
#[lab::test(read = "Hangs")]
async fn a_task_loops() {
    learner::loops_for_ever_in_a_task().await;
}

/// The body gives the thread back and wants it again.
#[lab::test(read = "Hangs")]
async fn the_body_yields_for_ever() {
    learner::yields_for_ever().await;
}

/// A task gives the thread back and wants it again.
#[lab::test(read = "Hangs")]
async fn a_task_yields_for_ever() {
    learner::yields_for_ever_in_a_task().await;
}

/// Two tasks wait for each other.
#[lab::test(read = "Hangs")]
async fn two_tasks_wait_for_each_other() {
    let journal = Journal::new();
    let _span = journal.begin("transfer");
    learner::tasks_lock_in_opposite_order().await;
}

/// Two tasks wait for each other in real time.
#[lab::test(read = "Hangs", clock = real)]
async fn two_tasks_wait_for_each_other_in_real_time() {
    learner::tasks_lock_in_opposite_order().await;
}

/// The body waits for tasks that it collects.
#[lab::test(read = "Hangs")]
async fn the_body_waits_for_a_set() {
    learner::waits_for_a_set().await;
}

/// Two branches wait.
#[lab::test(read = "Hangs")]
async fn the_body_waits_for_two_things() {
    let (_sender, receiver) = mpsc::channel(1);
    learner::selects_for_ever(receiver, Arc::new(Notify::new())).await;
}

/// The test itself waits for nothing.
#[lab::test(read = "Hangs")]
async fn the_test_waits_for_nothing() {
    pending::<()>().await;
}

/// The body polls.
#[lab::test(read = "Hangs")]
async fn the_body_polls() {
    learner::polls_by_timer(&AtomicBool::new(false)).await;
}

/// A task polls.
#[lab::test(read = "Hangs")]
async fn a_task_polls() {
    learner::polls_by_timer_in_a_task(Arc::default()).await;
}

/// A timer is due in two days.
#[lab::test(read = "Hangs")]
async fn a_timer_is_far_away() {
    learner::sleeps(Duration::from_secs(2 * 24 * 3600)).await;
}

/// A task has a long period.
#[lab::test(read = "Hangs")]
async fn a_task_has_a_long_period() {
    tokio::spawn(async {
        loop {
            tokio::time::sleep(Duration::from_secs(40)).await;
        }
    });
    pending::<()>().await;
}

/// Hundreds of tasks wait.
#[lab::test(read = "Hangs")]
async fn many_tasks_wait() {
    for _ in 0..300 {
        tokio::spawn(learner::waits_for_a_set());
    }
    pending::<()>().await;
}

/// A thread works while virtual time flies.
#[lab::test(read = "Hangs")]
async fn the_clock_does_not_wait_for_threads() {
    let (_sender, receiver) = tokio::sync::oneshot::channel::<()>();
    learner::leaves_a_thread_that_ends(learner::loops_for_ever);
    // Here: a reply
    let _ = receiver.await;
}

/// Four calls overlap.
#[lab::test(read = "Hangs")]
fn threads_never_meet() {
    let (meeting, _awaited) = Rendezvous::of(4, "calls at the same time");
    learner::map_in_turn(&[1, 2, 3, 4], |_| meeting.meet_blocking());
}

/// Four calls overlap.
#[lab::test(read = "Hangs")]
async fn tasks_never_meet() {
    let (meeting, _awaited) = Rendezvous::of(4, "calls at the same time");
    for _ in 0..4 {
        meeting.meet().await;
    }
}

/// Four calls stand in the gate while the runtime's thread is free.
#[lab::test(read = "Hangs", clock = real)]
async fn the_runtimes_thread_is_blocked() {
    let gate = Gate::closed();
    let inside = gate.clone();
    let calls = learner::map_in_turn_async(vec![1, 2, 3, 4], move |_| inside.pass_blocking());
    let arrivals = gate.arrivals(4, "calls inside `f`");
    tokio::join!(calls, arrivals);
}

/// What is awaited cannot be told, because telling waits, too.
#[lab::test(read = "Hangs")]
fn what_is_awaited_hangs() {
    let account = Arc::new(Mutex::new(1));
    let asked = account.clone();
    let _awaited = awaiting("a balance of 2", move || asked.lock().unwrap().to_string());
    learner::locks_twice(&account);
}
