//! What the contract of `ordered-fan-out` promises, clause by clause.
//!
//! Items are numbers. Most futures sleep under the paused clock, so that times are exact; where the test must decide
//! who finishes, they stand at a gate. A solution that looks again and again fails nearly everywhere, so the first test
//! is the one that says why.

use std::cell::Cell;
use std::future::{Future, poll_fn};
use std::num::NonZeroUsize;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use futures::future::BoxFuture;
use lab::prelude::*;
use tokio::runtime::Handle;
use tokio::task::yield_now;
use tokio::time::sleep;

use crate::ordered_fan_out::map_concurrent;

/// While nothing can go on, nothing runs.
#[lab::test(rejects(), read = "How many at once?")]
async fn waiting_costs_nothing() {
    let (journal, gate) = (Journal::new(), Gate::closed());
    let looks = Cell::new(0);
    let mut calls = pin!(map(1..=4, limit(2), at_the_gate(&journal, &gate)));
    let counted = poll_fn(|context| {
        looks.set(looks.get() + 1);
        calls.as_mut().poll(context)
    });
    let arrivals = gate.arrivals(1, "future that begins");
    let watching = async {
        arrivals.await;
        settle().await;
        let polls = || looks.get() + Handle::current().metrics().worker_poll_count(0);
        let before = polls();
        sleep(ms(10_000)).await;
        let polls = polls() - before;
        if polls >= 10 {
            journal.fail(
                "nothing to run for 10 s in which no future can go on",
                format_args!("something was woken {polls} times"),
            );
        }
        gate.open();
    };
    let (results, ()) = tokio::join!(counted, watching);
    expect_eq("the results", vec![1, 2, 3, 4], results);
}

/// Results come in input order, whatever finishes first.
#[lab::test(rejects(M28), read = "In order of completion, or of input")]
async fn results_come_in_input_order() {
    let journal = Journal::new();
    // The later an item comes, the sooner it is done.
    let results = map(1..=6, limit(3), working(&journal, |item| ms(10 * (7 - item)))).await;
    let wanted = Vec::from_iter((1..=6).map(|item| 10 * item));
    if results != wanted {
        journal.fail(format_args!("the results in input order: {wanted:?}"), format_args!("{results:?}"));
    }
}

/// `limit` futures run at once when there are enough items.
#[lab::test(rejects(M16, M91), read = "Futures are lazy")]
async fn as_many_futures_at_once_as_the_limit() {
    let (journal, gate) = (Journal::new(), Gate::closed());
    let arrivals = gate.arrivals(3, "futures at the same time: `limit` is 3, and there are 6 items");
    let watching = async {
        arrivals.await;
        gate.open();
    };
    let (results, ()) = tokio::join!(map(1..=6, limit(3), at_the_gate(&journal, &gate)), watching);
    expect_eq("the results", Vec::from_iter(1..=6), results);
}

/// Never more than `limit` futures are running at the same time.
#[lab::test(rejects(M03, M72), read = "How many at once?")]
async fn never_more_futures_at_once_than_the_limit() {
    for most in [3, 1] {
        let journal = Journal::new();
        let results = map(1..=9, limit(most), working(&journal, |_| ms(10))).await;
        journal.expect_at_most(most, "futures");
        expect_eq("number of results", 9, results.len());
    }
}

/// A slow item holds up its own place, and no other.
#[lab::test(rejects(M29, M30), read = "Chunks, windows and slots")]
async fn a_slow_item_holds_up_one_place() {
    let journal = Journal::new();
    let results = map(1..=6, limit(2), working(&journal, |item| ms(if item == 1 { 100 } else { 10 }))).await;
    let begun = Vec::from_iter((1..=6).map(|item| journal.began_at(label(item)).unwrap_or(u64::MAX)));
    // One place for item 1, the other for all that follow.
    let wanted = vec![0, 0, 10, 20, 30, 40];
    if begun != wanted {
        journal.fail(
            format_args!("items 1 to 6 begin at {wanted:?} ms: item 1 takes 100 ms, the others 10, and `limit` is 2"),
            format_args!("they begin at {begun:?} ms"),
        );
    }
    journal.expect_finished_at(100, "all items");
    expect_eq("ms at which the results are there", 100, elapsed_ms());
    expect_eq("number of results", 6, results.len());
}

/// Items are taken as there is room for them, and at most one ahead.
#[lab::test(rejects(M03), read = "How many at once?")]
async fn items_are_taken_as_there_is_room() {
    let journal = Journal::new();
    let finished = Arc::new(AtomicUsize::new(0));
    let taken = Cell::new(0);
    let items = (1..=8).inspect(|item| {
        let unfinished = taken.get() - finished.load(Ordering::SeqCst);
        if unfinished > 2 {
            journal.fail(
                "at most 2 futures unfinished, and one more item in hand: `limit` is 2",
                format_args!("item {item} taken at {} ms, while {unfinished} were taken and unfinished", elapsed_ms()),
            );
        }
        taken.set(taken.get() + 1);
    });
    let f = |item: u64| {
        let (work, finished) = (journal.work(label(item), ms(10 + item)), finished.clone());
        async move {
            work.await;
            finished.fetch_add(1, Ordering::SeqCst);
        }
    };
    let results = map(items, limit(2), f).await;
    expect_eq("number of results", 8, results.len());
}

/// `f` is called once for each item, and there may be far more items than places.
#[lab::test(rejects(M01, M04), read = "Fan-out: one input, many workers")]
async fn there_may_be_far_more_items_than_places() {
    let items = Vec::from_iter((1..=500).map(|number: u64| number.to_string()));
    // Items and `f` may borrow from here, and `f` may change what it borrows.
    let mut called = Vec::new();
    let f = |item: &String| {
        let number: u64 = item.parse().expect("a number");
        called.push(number);
        async move {
            for _ in 0..number % 3 {
                yield_now().await;
            }
            number
        }
    };
    let results = map(&items, limit(3), f).await;
    let wanted = Vec::from_iter(1..=500);
    expect(
        results == wanted,
        "the results of 500 items, in input order",
        format_args!("{} results: {results:?}", results.len()),
    );
    called.sort_unstable();
    expect(
        called == wanted,
        "one call of `f` for each of 500 items",
        format_args!("{} calls: {called:?}", called.len()),
    );
}

/// Without items there is an empty vector.
#[lab::test(rejects(M31), read = "How many at once?")]
async fn no_items_mean_no_results() {
    let results = map(Vec::new(), limit(3), |_: u64| async {}).await;
    expect_eq("number of results without items", 0, results.len());
}

/// `limit` may be larger than the number of items.
#[lab::test(rejects(), read = "How many at once?")]
async fn the_limit_may_be_larger_than_the_number_of_items() {
    for most in [4, 10_000] {
        let journal = Journal::new();
        let results = map(1..=3, limit(most), working(&journal, |item| ms(10 * item))).await;
        expect_eq(&format!("the results, `limit` being {most}"), vec![10, 20, 30], results);
    }
}

/// A panic in a future panics the caller as soon as it happens.
#[lab::test(rejects(M24), read = "Errors: the first, all, or both halves")]
async fn a_panic_reaches_the_caller_as_soon_as_it_happens() {
    // With items that are still to come, and without.
    for count in [5, 2] {
        let journal = Journal::new();
        let (began, injected) = (elapsed_ms(), panics::injected());
        let work = working(&journal, |item| ms(if item == 2 { 20 } else { 1000 }));
        let f = |item| {
            let work = work(item);
            async move {
                let result = work.await;
                if item == 2 {
                    panics::inject("item 2 has a problem");
                }
                result
            }
        };
        let outcome = panics::catch_async(map(1..=count, limit(2), f)).await;
        let expected = format!("a panic at 20 ms, that of item 2, there being {count} items");
        let at = elapsed_ms() - began;
        match outcome {
            Ok(results) => journal.fail(expected, format_args!("{} results at {at} ms", results.len())),
            // A panic of its own: what it says explains more than when it came.
            Err(text) if panics::injected() == injected => panic!("{text}"),
            Err(_) if at != 20 => journal.fail(expected, format_args!("a panic at {at} ms")),
            Err(_) => {}
        }
    }
}

/// When a future panics, the others are cancelled, and no further item is taken.
#[lab::test(rejects(M19, M24), read = "Errors: the first, all, or both halves")]
async fn after_a_panic_the_others_are_gone() {
    let (journal, futures) = (Journal::new(), DropCounter::new());
    let f = |item| {
        let token = futures.token();
        journal.during(label(item), async move {
            let _token = token;
            sleep(ms(if item == 3 { 20 } else { 50 })).await;
            if item == 3 {
                panics::inject_odd();
            }
        })
    };
    let outcome = panics::catch_async(map(1..=9, limit(3), f)).await;
    expect(outcome.is_err(), "a panic of the caller, item 3 having panicked", "results");
    nothing_is_left(&journal, &futures, "item 3 panicked").await;
}

/// When the future of `map_concurrent` is dropped, whatever it was running is cancelled.
#[lab::test(rejects(M19), read = "The first success, and the losers")]
async fn a_dropped_call_leaves_nothing_running() {
    let run = |journal: &Journal, futures: &DropCounter| {
        let (journal, futures) = (journal.clone(), futures.clone());
        let f = move |item: u64| -> BoxFuture<'static, ()> {
            let token = futures.token();
            journal.during(label(item), async move {
                let _token = token;
                sleep(ms(10 + item)).await;
            })
        };
        map(1..=4, limit(2), f)
    };
    let (journal, futures) = (Journal::new(), DropCounter::new());
    let polls = polls_to_finish(run(&journal, &futures)).await;
    for given_up_after in 0..polls {
        let (journal, futures) = (Journal::new(), DropCounter::new());
        cancel_after(given_up_after, run(&journal, &futures)).await;
        nothing_is_left(&journal, &futures, "the call was given up half-way").await;
    }
}

/// Once all tasks had their turn, no future is left, and no other begins.
async fn nothing_is_left(journal: &Journal, futures: &DropCounter, what_happened: &str) {
    settle().await;
    let (begun, left) = (journal.begun().len(), futures.alive());
    if left > 0 {
        journal.fail(format_args!("no future left after {what_happened}"), format_args!("{left} left"));
    }
    sleep(ms(200)).await;
    let later = journal.begun().len() - begun;
    if later > 0 {
        journal.fail(format_args!("no further future after {what_happened}"), format_args!("{later} more"));
    }
}

/// `map_concurrent`. Ends the test if it is woken without end at the same instant: time stands still as long as
/// something runs, and nothing would ever be seen but a test that hangs.
async fn map<I, R, F, Fut>(items: I, limit: NonZeroUsize, f: F) -> Vec<R>
where
    I: IntoIterator,
    F: FnMut(I::Item) -> Fut,
    Fut: Future<Output = R> + Send + 'static,
    R: Send + 'static,
{
    let mut calls = pin!(map_concurrent(items, limit, f));
    let (mut instant, mut polls) = (elapsed_ms(), 0);
    poll_fn(|context| {
        polls = if instant == elapsed_ms() { polls + 1 } else { 1 };
        instant = elapsed_ms();
        if polls > 20_000 {
            fail(
                "`map_concurrent` to be woken when a future has finished",
                format_args!("it was woken {polls} times, all of them at {instant} ms"),
            );
        }
        calls.as_mut().poll(context)
    })
    .await
}

// --- Futures ---

/// Futures that take their time and give ten times their item.
fn working(journal: &Journal, time: impl Fn(u64) -> Duration) -> impl Fn(u64) -> BoxFuture<'static, u64> {
    let journal = journal.clone();
    move |item| {
        let work = journal.work(label(item), time(item));
        Box::pin(async move {
            work.await;
            10 * item
        })
    }
}

/// Futures that stand at the gate and give their item.
fn at_the_gate(journal: &Journal, gate: &Gate) -> impl Fn(u64) -> BoxFuture<'static, u64> {
    let (journal, gate) = (journal.clone(), gate.clone());
    move |item| {
        let gate = gate.clone();
        journal.during(label(item), async move {
            gate.pass().await;
            item
        })
    }
}

fn label(item: u64) -> String {
    format!("item {item}")
}

fn limit(count: usize) -> NonZeroUsize {
    NonZeroUsize::new(count).expect("tests ask for at least one")
}
