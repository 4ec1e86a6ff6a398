//! Telling the kinds of hang apart under the paused clock.
//!
//! A virtual minute is over and the body has not ended. Is nothing left that could ever happen, does somebody
//! look again and again, or would some timer have gone off later? Virtual time is let run on to see.

use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use protocol::Answer;
use tokio::task::yield_now;
use tokio::time::sleep;

use super::body::Body;
use super::judge::judge_hang;
use super::{threads, waits};
use crate::journal;

/// Virtual time in which a poller shows itself after the limit.
const WATCH: Duration = Duration::from_secs(30);
/// More wake-ups than this while nothing gets done are polling.
const POLLING: u64 = 20;
/// Any timer that is due within this time is found. (Tokio's wheel ends at 2.2 years.)
const HORIZON: Duration = Duration::from_secs(366 * 24 * 3600);
/// More turns of the runtime than it takes until everybody waits. A turn is up to 61 polls.
const TURNS: usize = 100;

/// How often anything was polled; counts tasks through the runtime's hook, and the body.
static POLLS: AtomicU64 = AtomicU64::new(0);

/// Something is polled.
pub fn count_poll() {
    POLLS.fetch_add(1, Ordering::Relaxed);
}

/// Polls everything that has been woken, and whatever that wakes, without time passing. Returns how often.
pub async fn polls_of_the_woken() -> u64 {
    let before = POLLS.load(Ordering::Relaxed);
    for _ in 0..TURNS {
        yield_now().await;
    }
    POLLS.load(Ordering::Relaxed) - before
}

/// The answer for a body that did not end within the virtual limit.
pub async fn answer(mut body: Body) -> Answer {
    let picture = journal::latest_picture();
    // Virtual time does not wait for a thread that still works.
    let awake_elsewhere = threads::others_run() == Some(true);
    let waits = waits::of_everybody(&mut body).await;
    // To see where tasks wait they had to be woken.
    let _ = beside(&mut body, polls_of_the_woken()).await;
    let wakeups = polls_within(&mut body, WATCH).await;
    let polling = wakeups > POLLING;
    let timer_pending = !polling && (wakeups > 0 || is_woken_later(&mut body).await);
    judge_hang(&waits, || {
        let waits = waits.clone();
        if polling {
            Answer::Livelocked { waits, wakeups, picture }
        } else if timer_pending || awake_elsewhere {
            Answer::TimedOut { waits, picture }
        } else {
            Answer::Deadlocked { waits, picture }
        }
    })
}

/// Whether anything is polled before the horizon. Time is let run on in steps, because whatever has a period
/// would otherwise be polled a year long.
async fn is_woken_later(body: &mut Body) -> bool {
    let mut step = WATCH;
    while step < HORIZON {
        if polls_within(body, step).await > 0 {
            return true;
        }
        step *= 2;
    }
    false
}

/// How often anything is polled while virtual time runs on for `duration`.
async fn polls_within(body: &mut Body, duration: Duration) -> u64 {
    let before = POLLS.load(Ordering::Relaxed);
    beside(body, sleep(duration)).await;
    POLLS.load(Ordering::Relaxed) - before
}

/// Waits for `other` while the body goes on. How the body ends does not matter any more.
async fn beside<T>(body: &mut Body, other: impl Future<Output = T>) -> T {
    let mut other = pin!(other);
    poll_fn(|context| {
        let _ = Pin::new(&mut *body).poll(context);
        other.as_mut().poll(context)
    })
    .await
}
