//! Async tests: one current-thread runtime per test.

use std::future::{Future, pending};
use std::time::{Duration, Instant};

use protocol::Answer;
use tokio::runtime::{Builder, Runtime};
use tokio::time::sleep;

use super::body::{Body, MakeBody, Outcome};
use super::judge::{Leftovers, judge, judge_hang, threads_left};
use super::{channel, hang, inquiry, threads, waits};
use crate::{census, clock, journal};

/// Virtual time after which a body that has not ended is a hang. No test scripts longer delays.
const VIRTUAL_LIMIT: Duration = Duration::from_secs(60);
/// Real time that threads get to end what they do after the body; calls that a contract lets finish are over long
/// before.
const LINGER: Duration = Duration::from_secs(1);

/// Runs a body under the paused clock, inside one virtual minute.
pub fn paused(make: MakeBody, promise: &str) -> Answer {
    let runtime = build(Builder::new_current_thread().start_paused(true));
    let (outcome, left) = runtime.block_on(async {
        clock::begin_paused();
        let outcome = end_of(make, sleep(VIRTUAL_LIMIT)).await;
        let left = if outcome.is_ok() { tasks_left().await } else { Leftovers::default() };
        (outcome, left)
    });
    finish(runtime, outcome, left, promise)
}

/// Runs a body with the real clock.
pub fn real(make: MakeBody, promise: &str) -> Answer {
    let runtime = build(&mut Builder::new_current_thread());
    let (outcome, left) = runtime.block_on(async {
        let outcome = end_of(make, pending()).await;
        let left = if outcome.is_ok() { tasks_left_by_threads().await } else { Leftovers::default() };
        (outcome, left)
    });
    finish(runtime, outcome, left, promise)
}

fn build(builder: &mut Builder) -> Runtime {
    #[cfg(tokio_unstable)]
    builder.on_before_task_poll(|_| hang::count_poll());
    // Idle blocking threads would otherwise wait with a time limit, and the sentinel could not call them stuck.
    builder.thread_keep_alive(Duration::MAX);
    builder.enable_all().build().expect("a current-thread runtime needs nothing but memory and a file descriptor")
}

/// Runs the body to its end. One that hangs ends the process here, so that nothing of the learner's is dropped
/// before the answer is out: a `drop` may hang as well.
async fn end_of(make: MakeBody, limit: impl Future<Output = ()>) -> Outcome {
    let mut body = Body::new(make);
    tokio::select! {
        biased;
        outcome = &mut body => outcome,
        asked = inquiry::asked() => {
            let waits = waits::of_everybody(&mut body).await;
            let answer = judge_hang(&waits, || asked.answer(waits.clone(), journal::latest_picture()));
            channel::send_and_exit(answer, None)
        }
        () = limit => channel::send_and_exit(hang::answer(body).await, None),
    }
}

/// Tasks that stay for ever. Those that only have something to finish get a virtual minute.
async fn tasks_left() -> Leftovers {
    if census::tasks() > 0 {
        sleep(VIRTUAL_LIMIT).await;
    }
    leftovers().await
}

/// The same where tasks may wait for threads, which need real time: as long as some thread still does something.
async fn tasks_left_by_threads() -> Leftovers {
    let since = Instant::now();
    while census::tasks() > 0 && since.elapsed() < LINGER {
        // Threads that are done have told the tasks whatever they had to tell. If no task has anything to do then,
        // and no thread was given anything, that is the end.
        let done = || threads::others_run() == Some(false);
        if done() && hang::polls_of_the_woken().await == 0 && done() {
            break;
        }
        sleep(Duration::from_millis(1)).await;
    }
    leftovers().await
}

async fn leftovers() -> Leftovers {
    let tasks = u32::try_from(census::tasks()).unwrap_or(u32::MAX);
    let waits = if tasks > 0 { waits::of_tasks().await } else { Vec::new() };
    Leftovers { tasks, threads: 0, waits }
}

fn finish(runtime: Runtime, outcome: Outcome, left: Leftovers, promise: &str) -> Answer {
    if outcome.is_err() || left.tasks > 0 {
        // Dropping the tasks now could hang and hide what is known.
        std::mem::forget(runtime);
        return judge(outcome, promise, || left);
    }
    runtime.shutdown_background();
    // Asked before the judgement: until they have ended, threads may still panic.
    let left = threads_left();
    judge(outcome, promise, || left)
}
