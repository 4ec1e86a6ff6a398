//! Async tests: one current-thread runtime per test.

use std::any::Any;
use std::future::{Future, poll_fn};
use std::panic::AssertUnwindSafe;
use std::pin::{Pin, pin};
use std::task::Poll;
use std::time::Duration;

use futures::FutureExt;
use protocol::Answer;
use tokio::runtime::{Builder, Runtime};
use tokio::time::sleep;

use super::judge::{Leftovers, judge, judge_hang, threads_left};
use super::{hang, waits};
use crate::{census, clock, journal};

/// Virtual time after which a body that has not ended is a hang. No test scripts longer delays.
const VIRTUAL_LIMIT: Duration = Duration::from_secs(60);
/// Virtual time in which a poller shows itself after the limit.
const WATCH: Duration = Duration::from_secs(30);
/// More wake-ups than this while nothing gets done are polling.
const POLLING: u64 = 20;
/// Any timer that is due within this time is found by jumping there. (Tokio's wheel ends at 2.2 years.)
const JUMP: Duration = Duration::from_secs(366 * 24 * 3600);
/// Real time blocking threads get to end after the body; calls that a contract lets finish are over long before.
const SHUTDOWN: Duration = Duration::from_secs(1);

type MakeBody = fn() -> Pin<Box<dyn Future<Output = ()>>>;

/// How a body came to an end.
struct Ended {
    outcome: Result<(), Box<dyn Any + Send>>,
    left: Leftovers,
}

/// Runs a body under the paused clock, inside one virtual minute.
pub fn paused(make: MakeBody, promise: &str) -> Answer {
    let runtime = build(Builder::new_current_thread().start_paused(true));
    let ended = runtime.block_on(async {
        clock::begin_paused();
        let mut body = pin!(waits::traced(AssertUnwindSafe(make()).catch_unwind()));
        let outcome = {
            let counted = poll_fn(|context| {
                hang::count_poll();
                body.as_mut().poll(context)
            });
            tokio::select! { biased; outcome = counted => Some(outcome), () = sleep(VIRTUAL_LIMIT) => None }
        };
        match outcome {
            Some(outcome) => {
                body.set(waits::traced(AssertUnwindSafe(empty_body()).catch_unwind()));
                Ok(Ended { left: tasks_left(outcome.is_ok()).await, outcome })
            }
            None => Err(hung(body).await),
        }
    });
    finish(runtime, ended, promise)
}

/// Runs a body with the real clock. A hang is the sentinel's business.
pub fn real(make: MakeBody, promise: &str) -> Answer {
    // Idle blocking threads would otherwise wait with a time-out, and the sentinel could not call them stuck.
    let runtime = build(Builder::new_current_thread().thread_keep_alive(Duration::MAX));
    let ended = runtime.block_on(async {
        let outcome = AssertUnwindSafe(make()).catch_unwind().await;
        for _ in 0..100 {
            tokio::task::yield_now().await;
        }
        let left = Leftovers { tasks: count(census::tasks()), ..Leftovers::default() };
        Ok(Ended { outcome, left })
    });
    finish(runtime, ended, promise)
}

fn build(builder: &mut Builder) -> Runtime {
    #[cfg(tokio_unstable)]
    builder.on_before_task_poll(|_| hang::count_poll());
    builder.enable_all().build().expect("a current-thread runtime needs nothing but memory and a file descriptor")
}

/// In place of the body once it is over, so that what it owned is dropped before the census.
fn empty_body() -> Pin<Box<dyn Future<Output = ()>>> {
    Box::pin(async {})
}

fn finish(runtime: Runtime, ended: Result<Ended, Answer>, promise: &str) -> Answer {
    let ended = match ended {
        Ok(ended) => ended,
        Err(answer) => return answer,
    };
    runtime.shutdown_timeout(SHUTDOWN);
    judge(ended.outcome, promise, || if ended.left.tasks > 0 { ended.left } else { threads_left() })
}

/// Tasks that stay for ever. Those that only have something to finish get a virtual minute.
async fn tasks_left(body_passed: bool) -> Leftovers {
    if !body_passed || census::tasks() == 0 {
        return Leftovers::default();
    }
    sleep(VIRTUAL_LIMIT).await;
    let tasks = count(census::tasks());
    let waits = if tasks > 0 { waits::of_tasks().await } else { Vec::new() };
    Leftovers { tasks, threads: 0, waits }
}

/// The body did not end within the virtual limit. What kind of hang is it?
async fn hung<F: Future>(mut body: Pin<&mut waits::Traced<F>>) -> Answer {
    let waits = waits::of_everybody(body.as_mut()).await;
    let woken = polls_within(body.as_mut(), WATCH).await;
    let polling = woken > POLLING;
    let timer_pending = !polling && (woken > 0 || polls_within(body, JUMP).await > 0);
    let picture = journal::latest_picture();
    judge_hang(|| {
        if polling {
            Answer::Livelocked { waits, wakeups: woken, picture }
        } else if timer_pending {
            Answer::TimedOut { waits, picture }
        } else {
            Answer::Deadlocked { waits, picture }
        }
    })
}

/// How often anything is polled while virtual time runs on for `duration`.
async fn polls_within<F: Future>(mut body: Pin<&mut F>, duration: Duration) -> u64 {
    let before = hang::polls();
    let mut over = false;
    let mut timer = pin!(sleep(duration));
    poll_fn(|context| {
        if timer.as_mut().poll(context).is_ready() {
            return Poll::Ready(());
        }
        // Woken, and not by our own timer: the body (or something beside it) is still at work.
        if !over {
            hang::count_poll();
            over = body.as_mut().poll(context).is_ready();
        }
        Poll::Pending
    })
    .await;
    // The first poll is ours.
    hang::polls() - before - 1
}

fn count(tasks: usize) -> u32 {
    u32::try_from(tasks).unwrap_or(u32::MAX)
}
