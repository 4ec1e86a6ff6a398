//! What the contract of `context-cancellation` promises, clause by clause.
//!
//! Items are numbers, and the step for item 2 returns 20. All tests run on one thread with a paused clock: time is exact
//! to the millisecond, and a step that lasts an hour costs nothing.

use std::future::poll_fn;
use std::pin::pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use futures::FutureExt;
use futures::future::BoxFuture;
use lab::prelude::*;
use tokio::task::yield_now;
use tokio::time::{advance, sleep};
use tokio_util::sync::CancellationToken;

use crate::context_cancellation::{CtxError, process_with_timeout};

/// A step starts when the one before has ended.
#[lab::test(rejects(M16), read = "Three ways to stop")]
async fn steps_run_one_after_the_other() {
    let steps = Steps::new();
    let _ = process_with_timeout(&token(), LONG, vec![1, 2, 3, 4], steps.lasting(|_| 20)).await;
    steps.journal.expect_at_most(1, "step");
    if let Some((early, _)) = steps.calls().iter().find(|(_, unfinished)| *unfinished > 0) {
        steps.journal.fail(
            format_args!("`step` is called for item {early} when the step before has ended"),
            "it is called before",
        );
    }
}

/// If all steps end in time, their results come in the order of the items.
#[lab::test(rejects(), read = "Three ways to stop")]
async fn results_come_in_the_order_of_the_items() {
    let steps = Steps::new();
    let outcome = process_with_timeout(&token(), LONG, vec![1, 2, 3], steps.lasting(|item| 40 - 10 * item)).await;
    steps.journal.expect_begun("steps", ["step 1", "step 2", "step 3"]);
    steps.expect_ended(Ok(vec![10, 20, 30]), outcome, 60);
}

/// It is one limit for all steps together, however they share it.
#[lab::test(rejects(), read = "A deadline only shrinks")]
async fn steps_share_the_limit_as_they_like() {
    let steps = Steps::new();
    // Two short steps and a long one: 240 ms in all.
    let lasting = steps.lasting(|item| if item == 2 { 200 } else { 20 });
    let outcome = process_with_timeout(&token(), ms(250), vec![1, 2, 3], lasting).await;
    steps.expect_ended(Ok(vec![10, 20, 30]), outcome, 240);
}

/// No items: an empty vector, at once.
#[lab::test(rejects(M07), read = "`select!`, branch by branch")]
async fn no_items_no_results() {
    let steps = Steps::new();
    let outcome = process_with_timeout(&token(), ms(100), vec![], steps.lasting(|_| 20)).await;
    steps.expect_ended(Ok(vec![]), outcome, 0);
}

/// With a token cancelled before the start, no step starts at all.
#[lab::test(rejects(), read = "Order among branches")]
async fn a_token_cancelled_before_starts_no_step() {
    let token = token();
    token.cancel();
    // Again and again, so that nobody gets by with a toss of a coin.
    for round in 1..=64 {
        let steps = Steps::new();
        let step = if round % 2 == 0 { steps.lasting(|_| 20) } else { steps.busy(|_| ()) };
        let outcome = process_with_timeout(&token, LONG, vec![1, 2], step).await;
        steps.expect_started(0, "the token was cancelled before");
        expect_eq("the outcome with a cancelled token", Err(CtxError::Cancelled), outcome);
    }
}

/// A token cancelled before the start counts also with no items.
#[lab::test(rejects(), read = "Three ways to stop")]
async fn a_cancelled_token_counts_without_items() {
    let token = token();
    token.cancel();
    for _ in 1..=64 {
        let steps = Steps::new();
        let outcome = process_with_timeout(&token, LONG, vec![], steps.lasting(|_| 20)).await;
        expect_eq("the outcome with a cancelled token and no items", Err(CtxError::Cancelled), outcome);
    }
}

/// It ends at the instant of cancellation, not after the running step.
#[lab::test(rejects(M91), read = "Three ways to stop")]
async fn cancellation_ends_it_at_once() {
    let (steps, token) = (Steps::new(), token());
    cancel_at(130, &token);
    let outcome = process_with_timeout(&token, LONG, vec![1, 2, 3], steps.lasting(|_| 100)).await;
    steps.expect_ended(Err(CtxError::Cancelled), outcome, 130);
    steps.expect_started(2, "the token was cancelled during the second");
}

/// It ends at the instant at which `limit` has passed, not after the running step.
#[lab::test(rejects(M47, M91), read = "A timeout is a race and a drop")]
async fn the_limit_ends_it_at_once() {
    let steps = Steps::new();
    let outcome = process_with_timeout(&token(), ms(250), vec![1, 2, 3, 4], steps.lasting(|_| 100)).await;
    steps.expect_ended(Err(CtxError::DeadlineExceeded), outcome, 250);
    steps.expect_started(3, "the limit came during the third");
}

/// `limit` counts from the first poll of the future.
#[lab::test(rejects(), read = "A deadline only shrinks")]
async fn the_limit_counts_from_the_first_poll() {
    let (steps, token) = (Steps::new(), token());
    let processing = process_with_timeout(&token, ms(100), vec![1, 2], steps.lasting(|_| 80));
    sleep(ms(50)).await;
    // The first poll is here.
    let outcome = processing.await;
    steps.expect_ended(Err(CtxError::DeadlineExceeded), outcome, 150);
}

/// The running step is dropped when the token is cancelled or the limit is over.
#[lab::test(rejects(M42), read = "What a timeout cannot stop")]
async fn the_running_step_is_dropped() {
    for (limit, why) in [(ms(30), "the limit was over"), (LONG, "the token was cancelled")] {
        let (steps, token) = (Steps::new(), token());
        cancel_at(50, &token);
        let outcome = process_with_timeout(&token, limit, vec![1, 2], steps.lasting(|_| 100)).await;
        expect(outcome.is_err(), "an `Err`: the first step takes longer than it has", format_args!("{outcome:?}"));
        steps.expect_dropped(why).await;
    }
}

/// No step starts after a cancellation, also where steps never wait.
#[lab::test(rejects(M43), read = "What a timeout cannot stop")]
async fn no_step_starts_after_a_cancellation() {
    for _ in 1..=64 {
        let (steps, token) = (Steps::new(), token());
        let canceller = token.clone();
        // None of these steps ever waits. The second cancels the token and ends.
        let step = steps.busy(move |item| {
            if item == 2 {
                canceller.cancel();
            }
        });
        let outcome = process_with_timeout(&token, LONG, vec![1, 2, 3, 4], step).await;
        steps.expect_started(2, "the second step cancelled the token");
        expect_eq("the outcome, the second of four steps having cancelled", Err(CtxError::Cancelled), outcome);
    }
}

/// No step starts after the limit, also where steps keep the thread busy.
#[lab::test(rejects(M43), read = "What a timeout cannot stop")]
async fn no_step_starts_after_the_limit() {
    let steps = Steps::new();
    // Each step keeps the thread busy for 40 ms, and then lets the others have one turn, timers included.
    let step = steps.that(|_| {
        async {
            busy_for(ms(40));
            yield_now().await;
        }
        .boxed()
    });
    let outcome = process_with_timeout(&token(), ms(100), vec![1, 2, 3, 4, 5], step).await;
    steps.expect_started(3, "three steps of 40 ms have used up a limit of 100 ms");
    expect_eq("the outcome, the third of five steps having ended late", Err(CtxError::DeadlineExceeded), outcome);
}

/// The caller's token is never cancelled.
#[lab::test(rejects(M48), read = "A tree of tokens")]
async fn the_callers_token_is_never_cancelled() {
    let (steps, token) = (Steps::new(), token());
    let untouched = |when: &str| {
        expect(!token.is_cancelled(), format_args!("a caller's token as it was, after {when}"), "it is cancelled");
    };
    let _ = process_with_timeout(&token, LONG, vec![1, 2], steps.lasting(|_| 20)).await;
    untouched("all steps have ended in time");
    let _ = process_with_timeout(&token, ms(30), vec![1, 2], steps.lasting(|_| 20)).await;
    untouched("the limit was over");
    cancel_after(1, process_with_timeout(&token, LONG, vec![1, 2], steps.lasting(|_| 20))).await;
    untouched("the future was dropped half-way");
    settle().await;
    untouched("all that");
}

/// `Duration::MAX` is a limit that never comes, and no panic.
#[lab::test(rejects(), read = "A deadline only shrinks")]
async fn the_longest_limit_never_comes() {
    let (steps, token) = (Steps::new(), token());
    let outcome = process_with_timeout(&token, Duration::MAX, vec![1, 2], steps.lasting(|_| 20_000)).await;
    steps.expect_ended(Ok(vec![10, 20]), outcome, 40_000);
    cancel_at(40_050, &token);
    let outcome = process_with_timeout(&token, Duration::MAX, vec![3, 4], steps.lasting(|_| 100)).await;
    steps.expect_ended(Err(CtxError::Cancelled), outcome, 40_050);
}

/// When the future is dropped, the running step goes with it, and no task is left.
#[lab::test(rejects(M42), read = "What a timeout cannot stop")]
async fn a_dropped_future_takes_its_step_along() {
    let steps = Steps::new();
    let before = census::tasks();
    cancel_after(3, process_with_timeout(&token(), LONG, vec![1, 2], steps.lasting(|_| 100))).await;
    steps.expect_dropped("the future was dropped").await;
    settle().await;
    expect_eq("tasks alive after the future was dropped", before, census::tasks());
    sleep(ms(200)).await;
    steps.expect_started(1, "the future was dropped during the first");
}

/// While a step waits, the future waits too; it does not look again and again.
#[lab::test(rejects(M66), read = "Three ways to stop")]
async fn waiting_costs_nothing() {
    let (steps, token) = (Steps::new(), token());
    let processing = process_with_timeout(&token, LONG, vec![1, 2, 3, 4, 5], steps.lasting(|_| 2_000));
    let mut processing = pin!(processing);
    let mut polls = 0;
    let outcome = poll_fn(|context| {
        polls += 1;
        if polls > 100 {
            steps.journal.fail("a handful of polls for 5 steps that wait for 2 s each", format_args!("{polls} polls"));
        }
        processing.as_mut().poll(context)
    });
    steps.expect_ended(Ok(vec![10, 20, 30, 40, 50]), outcome.await, 10_000);
}

/// A limit that plays no part.
const LONG: Duration = Duration::from_secs(50);

/// A token that nobody has cancelled.
fn token() -> CancellationToken {
    CancellationToken::new()
}

/// Cancels the token when the clock shows this many milliseconds.
fn cancel_at(at: u64, token: &CancellationToken) {
    let (token, wait) = (token.clone(), ms(at.saturating_sub(elapsed_ms())));
    tokio::spawn(async move {
        sleep(wait).await;
        token.cancel();
    });
}

/// Keeps the thread busy: afterwards it is later, and nobody else had a turn.
fn busy_for(duration: Duration) {
    // `advance` moves the clock when it is first polled. What would follow, a turn for the others, does not take place.
    let _ = advance(duration).now_or_never();
}

/// The steps of one test: who was called, who has ended, who is still there.
struct Steps {
    journal: Journal,
    unfinished: DropCounter,
    /// The item of every call, and how many steps were unfinished when it was made.
    calls: Arc<Mutex<Vec<(u64, usize)>>>,
}

type Step = Box<dyn FnMut(u64) -> BoxFuture<'static, u64> + Send>;

impl Steps {
    fn new() -> Self {
        Self { journal: Journal::new(), unfinished: DropCounter::new(), calls: Arc::default() }
    }

    /// Steps that wait for as many milliseconds as `how_long` says.
    fn lasting(&self, how_long: impl Fn(u64) -> u64 + Send + 'static) -> Step {
        self.that(move |item| {
            let wait = ms(how_long(item));
            async move { sleep(wait).await }.boxed()
        })
    }

    /// Steps that never wait.
    fn busy(&self, work: impl Fn(u64) + Send + Sync + 'static) -> Step {
        let work = Arc::new(work);
        self.that(move |item| {
            let work = work.clone();
            async move { work(item) }.boxed()
        })
    }

    fn that(&self, work: impl Fn(u64) -> BoxFuture<'static, ()> + Send + 'static) -> Step {
        let (journal, unfinished, calls) = (self.journal.clone(), self.unfinished.clone(), self.calls.clone());
        Box::new(move |item| {
            calls.lock().unwrap_or_else(PoisonError::into_inner).push((item, unfinished.alive()));
            let token = unfinished.token();
            let work = work(item);
            journal.during(format_args!("step {item}"), async move {
                let _unfinished = token;
                work.await;
                10 * item
            })
        })
    }

    fn calls(&self) -> Vec<(u64, usize)> {
        self.calls.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// This outcome, at this instant.
    fn expect_ended(&self, expected: Result<Vec<u64>, CtxError>, seen: Result<Vec<u64>, CtxError>, at: u64) {
        let now = elapsed_ms();
        if seen != expected || now != at {
            self.journal.fail(format_args!("{expected:?} at {at} ms"), format_args!("{seen:?} at {now} ms"));
        }
    }

    /// `step` was called this often. `why` there were no more: `the token was cancelled before`.
    fn expect_started(&self, count: usize, why: &str) {
        let started = self.calls().len();
        if started != count {
            self.journal.fail(format_args!("{count} calls of `step`: {why}"), format_args!("{started} calls"));
        }
    }

    /// Nothing is left of any step. `why`: `the limit was over`.
    async fn expect_dropped(&self, why: &str) {
        settle().await;
        let (left, now) = (self.unfinished.alive(), elapsed_ms());
        if left > 0 {
            // What goes on is to be seen in the picture.
            sleep(ms(200)).await;
            self.journal
                .fail(format_args!("the running step is dropped: {why}"), format_args!("still there at {now} ms"));
        }
    }
}
