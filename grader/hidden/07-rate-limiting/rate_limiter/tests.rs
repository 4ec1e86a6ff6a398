//! What the contract of `rate-limiter` promises, clause by clause.
//!
//! The clock is paused, so every instant is known to the millisecond. In most tests a token comes every 100 ms. Those
//! who wait stand in a [`Line`]: each request is polled when it is woken, and only then, all on one task, because the
//! future of `acquire` need not be `Send`.

use std::cell::{Cell, RefCell};
use std::future::{Future, pending, poll_fn};
use std::num::NonZeroU32;
use std::pin::pin;
use std::rc::Rc;
use std::task::Poll;
use std::time::Duration;

use futures::StreamExt;
use futures::future::{AbortHandle, LocalBoxFuture, abortable};
use futures::stream::FuturesUnordered;
use lab::awaited::awaiting;
use lab::prelude::*;
use tokio::task::yield_now;
use tokio::time::{Instant, advance, sleep, timeout};

use crate::rate_limiter::{ExceedsCapacity, TokenBucket, TryAcquireError};

// --- Tokens ---

/// The bucket starts with `capacity` tokens, which may be taken at once.
#[lab::test(rejects(M78), read = "Three limiters, three answers")]
async fn the_bucket_starts_full() {
    let bucket = bucket(5, PERIOD);
    expect_eq("tokens in a new bucket with a capacity of 5", 5, bucket.available());
    expect_eq("tokens taken one by one, without a pause, from a new bucket", 5, burst(&bucket));
}

/// Tokens that were taken are gone, and come back by time alone.
#[lab::test(rejects(M72), read = "Three limiters, three answers")]
async fn taken_tokens_are_gone() {
    let bucket = bucket(5, PERIOD);
    take(&bucket, 1);
    expect_eq("tokens left after `try_acquire(1)`, of 5", 4, bucket.available());
    expect_eq("what `acquire(3)` returns, there being 4 tokens", Some(Ok(())), within(ms(50), bucket.acquire(3)).await);
    pass(ms(0)).await;
    expect_eq("tokens left after `acquire(3)`, too", 1, bucket.available());
    take(&bucket, 1);
    pass(ms(99)).await;
    expect_eq("tokens 99 ms after the first was taken, all 5 being gone", 0, bucket.available());
}

/// A try that is refused takes nothing.
#[lab::test(rejects(), read = "Three limiters, three answers")]
async fn a_refused_try_takes_nothing() {
    let bucket = bucket(5, PERIOD);
    take(&bucket, 3);
    for _ in 0..3 {
        refused(&bucket, 3);
        expect_eq("tokens left after `try_acquire(3)` was refused, there being 2", 2, bucket.available());
    }
    take(&bucket, 2);
}

/// A token comes every `refill_every`, neither sooner nor later.
#[lab::test(rejects(M54, M91), read = "Tokens are a function of time")]
async fn a_token_comes_every_period() {
    let bucket = drained(10).await;
    for count in 1..=10 {
        pass(ms(99)).await;
        expect_eq(&format!("tokens {} ms after all were taken", count * 100 - 1), count - 1, bucket.available());
        pass(ms(1)).await;
        expect_eq(&format!("tokens {} ms after all were taken", count * 100), count, bucket.available());
    }
}

/// No token is lost, and none is made up, by looking often.
#[lab::test(rejects(M77), read = "Keep the remainder")]
async fn looking_often_loses_nothing() {
    for step in [50, 10, 7, 1] {
        let bucket = drained(20).await;
        let mut passed = 0;
        while passed < 1000 {
            pass(ms(step)).await;
            passed += step;
            let tokens = u64::from(bucket.available());
            let wanted = passed / 100;
            if tokens != wanted {
                fail(
                    format_args!("{wanted} tokens {passed} ms after all were taken, with a look every {step} ms"),
                    format_args!("{tokens}"),
                );
            }
        }
    }
}

/// A refused try is a look, too: it loses nothing of what has been earned.
#[lab::test(rejects(M77), read = "Keep the remainder")]
async fn trying_often_loses_nothing() {
    for step in [50, 10, 30] {
        let bucket = drained(5).await;
        let mut passed = 0;
        while passed + step < 300 {
            pass(ms(step)).await;
            passed += step;
            refused(&bucket, 3);
        }
        pass(ms(300 - passed)).await;
        if let Err(error) = bucket.try_acquire(3) {
            fail(
                format_args!("`try_acquire(3)` to succeed after 300 ms, with a try every {step} ms before"),
                format_args!("{error:?}"),
            );
        }
    }
}

/// Taking tokens between two refills does not put off the next one.
#[lab::test(rejects(M77), read = "Keep the remainder")]
async fn taking_tokens_does_not_put_off_the_next() {
    let bucket = drained(5).await;
    pass(ms(250)).await;
    take(&bucket, 2);
    pass(ms(49)).await;
    expect_eq("tokens after 299 ms, two having been taken at 250 ms", 0, bucket.available());
    pass(ms(1)).await;
    expect_eq("tokens after 300 ms, two having been taken at 250 ms", 1, bucket.available());
}

/// The bucket never holds more than `capacity`, however long nobody takes any.
#[lab::test(rejects(M52, M78), read = "Full means full")]
async fn an_idle_bucket_holds_no_more_than_its_capacity() {
    for taken in [0, 5] {
        let bucket = bucket(5, PERIOD);
        take(&bucket, taken);
        pass(ms(20_000)).await;
        expect_eq("tokens after 20 s of rest, with a capacity of 5", 5, bucket.available());
        expect_eq("tokens taken without a pause after 20 s of rest, with a capacity of 5", 5, burst(&bucket));
    }
}

/// Time spent full earns nothing: a token taken is replaced a whole `refill_every` later.
#[lab::test(rejects(M78), read = "Full means full")]
async fn time_spent_full_earns_nothing() {
    // Full from the start, or for the second time since 500 ms; looked at while full, or not.
    for (taken, full_at, emptied_at) in [(0, 0, 190), (5, 500, 590)] {
        for looked in [false, true] {
            let journal = Journal::new();
            let bucket = bucket(5, PERIOD);
            take(&bucket, taken);
            pass(ms(full_at)).await;
            let full = journal.begin("full");
            pass(ms(emptied_at - full_at - 70)).await;
            if looked {
                expect_eq("tokens in a full bucket", 5, bucket.available());
            }
            pass(ms(70)).await;
            take(&bucket, 5);
            drop(full);
            let _empty = journal.begin("empty");
            let check = |tokens: u32, after: u64| {
                let seen = bucket.available();
                if seen != tokens {
                    journal.fail(
                        format_args!(
                            "{tokens} tokens {after} ms after a bucket that was full for {} ms was emptied",
                            emptied_at - full_at
                        ),
                        seen,
                    );
                }
            };
            pass(ms(99)).await;
            check(0, 99);
            pass(ms(1)).await;
            check(1, 100);
        }
    }
}

// --- Taking them ---

/// `retry_after` is exact: the same call succeeds then, and not a millisecond earlier.
#[lab::test(rejects(M77), read = "Tokens are a function of time")]
async fn retry_after_is_exact() {
    for (waited, n) in [(0, 1), (0, 5), (130, 4), (250, 3), (99, 1), (100, 2)] {
        let bucket = drained(5).await;
        pass(ms(waited)).await;
        let wait = ms(u64::from(n) * 100 - waited);
        let what = |after: Duration| {
            format!(
                "what `try_acquire({n})` returns {} ms after the bucket was emptied",
                waited + after.as_millis() as u64
            )
        };
        expect_eq(&what(ms(0)), not_yet(wait), bucket.try_acquire(n));
        pass(wait - ms(1)).await;
        expect_eq(&what(wait - ms(1)), not_yet(ms(1)), bucket.try_acquire(n));
        pass(ms(1)).await;
        expect_eq(&what(wait), Ok(()), bucket.try_acquire(n));
    }
}

/// `acquire` returns at once when there are enough tokens, and nobody is in front of it.
#[lab::test(rejects(), read = "Who waits in line")]
async fn acquire_takes_at_once_what_is_there() {
    let mut line = Line::before(bucket(5, PERIOD));
    line.ask("A", 2).await;
    line.ask("B", 3).await;
    line.expect_served("two requests for 5 tokens, all there", [("A", 0), ("B", 0)]);
    line.pass(ms(250)).await;
    line.ask("C", 2).await;
    line.expect_served("a third one at 250 ms, for the 2 tokens that have come", [("A", 0), ("B", 0), ("C", 250)]);
}

/// `acquire` returns as soon as there are enough tokens.
#[lab::test(rejects(M91), read = "Who waits in line")]
async fn acquire_waits_as_long_as_it_has_to() {
    let mut line = Line::before(drained(5).await);
    line.ask("A", 3).await;
    line.pass(ms(430)).await;
    line.expect_served("a request for 3 tokens, the bucket being empty at 0 ms", [("A", 300)]);
    // One is there, and 30 ms have gone by since.
    line.ask("B", 5).await;
    line.pass(ms(1000)).await;
    line.expect_served("a request for 5 tokens at 430 ms, when there is 1", [("A", 300), ("B", 800)]);
}

/// With `n` greater than `capacity` both calls fail at once.
#[lab::test(rejects(M73, M79), read = "What can never be served")]
async fn more_than_the_capacity_fails_at_once() {
    for taken in [0, 5] {
        let bucket = bucket(5, PERIOD);
        take(&bucket, taken);
        for n in [6, u32::MAX] {
            too_much(&bucket, n).await;
        }
        expect_eq("tokens left, a refused call having taken none", 5 - taken, bucket.available());
    }
}

/// With `n` greater than `capacity` a call fails at once also while others wait.
#[lab::test(rejects(M73, M79), read = "What can never be served")]
async fn more_than_the_capacity_does_not_wait_in_line() {
    let mut line = Line::before(drained(5).await);
    line.ask("A", 5).await;
    line.pass(ms(50)).await;
    let bucket = line.bucket.clone();
    line.beside(too_much(&bucket, 6)).await;
    line.pass(ms(1000)).await;
    line.expect_served("the request that was waiting meanwhile", [("A", 500)]);
}

/// With `n` 0 both calls succeed at once, whoever waits, and cost nothing.
#[lab::test(rejects(), read = "What can never be served")]
async fn nothing_is_granted_at_once() {
    for waiting in [false, true] {
        let mut line = Line::before(drained(5).await);
        if waiting {
            line.ask("A", 2).await;
        }
        line.pass(ms(50)).await;
        let story = if waiting { "while a request waits" } else { "with an empty bucket" };
        let tried = at_once("`try_acquire(0)`", || line.bucket.try_acquire(0));
        expect_eq(&format!("what `try_acquire(0)` returns {story}"), Ok(()), tried);
        let before = elapsed_ms();
        let bucket = line.bucket.clone();
        let Some(acquired) = line.beside(within(ms(10_000), bucket.acquire(0))).await else {
            fail(format_args!("`Ok` from `acquire(0)` at once, {story}"), "still waiting after 10 s")
        };
        expect_eq(&format!("what `acquire(0)` returns {story}"), Ok(()), acquired);
        expect_eq(&format!("milliseconds that `acquire(0)` takes {story}"), 0, elapsed_ms() - before);
    }
}

// --- Waiting in line ---

/// Calls of `acquire` are served in the order in which they came.
#[lab::test(rejects(), read = "Who waits in line")]
async fn those_who_wait_are_served_in_order() {
    let mut line = Line::before(drained(5).await);
    for name in ["A", "B", "C", "D"] {
        line.ask(name, 1).await;
        line.pass(ms(10)).await;
    }
    line.pass(ms(1000)).await;
    let wanted = [("A", 100), ("B", 200), ("C", 300), ("D", 400)];
    line.expect_served("four requests for 1 token each, one after the other", wanted);
}

/// A small request behind a big one waits until the big one is served.
#[lab::test(rejects(M72, M73), read = "Who waits in line")]
async fn a_small_request_does_not_overtake_a_big_one() {
    let mut line = Line::before(drained(5).await);
    line.pass(ms(210)).await;
    line.ask("A", 4).await;
    // There are 2 tokens, enough for this one. They are not for it.
    line.ask("B", 1).await;
    line.pass(ms(50)).await;
    line.ask("C", 1).await;
    line.pass(ms(1000)).await;
    line.expect_served(
        "a request for 4 tokens, when there are 2, and two for 1 token behind it",
        [("A", 400), ("B", 500), ("C", 600)],
    );
}

/// A request gets all its tokens before the next one gets its first.
#[lab::test(rejects(), read = "Who waits in line")]
async fn requests_are_served_whole() {
    let mut line = Line::before(drained(5).await);
    line.ask("A", 2).await;
    line.ask("B", 2).await;
    line.ask("C", 3).await;
    line.pass(ms(1000)).await;
    line.expect_served("requests for 2, 2 and 3 tokens", [("A", 200), ("B", 400), ("C", 700)]);
}

/// `try_acquire` and `available` answer at once also while others wait.
#[lab::test(rejects(M80), read = "Who waits in line")]
async fn a_try_does_not_wait_for_those_in_line() {
    let mut line = Line::before(drained(5).await);
    line.ask("A", 3).await;
    line.ask("B", 1).await;
    for (passed, there) in [(50, 0), (200, 2)] {
        line.pass(ms(passed)).await;
        let available = at_once("`available`", || line.bucket.available());
        expect(
            available <= there,
            format_args!("`available` counts no more than the {there} tokens there are, while others wait for them"),
            available,
        );
        match at_once("`try_acquire`", || line.bucket.try_acquire(3)) {
            Err(TryAcquireError::NotYet { .. }) => {}
            other => fail("`NotYet`, there being less than 3 tokens while others wait", format_args!("{other:?}")),
        }
    }
    line.pass(ms(1000)).await;
    line.expect_served("requests for 3 tokens and for 1, with tries beside them", [("A", 300), ("B", 400)]);
}

/// Tokens that `try_acquire` takes from under those who wait are not made up.
#[lab::test(rejects(), read = "Who waits in line")]
async fn an_overtaken_request_waits_for_what_it_lost() {
    let mut line = Line::before(drained(5).await);
    line.ask("A", 3).await;
    let mut overtaken = 0;
    for passed in [150, 100] {
        line.pass(ms(passed)).await;
        // Whether it may is open. What follows from it is not.
        overtaken += u64::from(at_once("`try_acquire(1)`", || line.bucket.try_acquire(1)).is_ok());
    }
    line.pass(ms(900)).await;
    line.expect_served(
        &format!("a request for 3 tokens, with {overtaken} taken by `try_acquire` before"),
        [("A", 300 + 100 * overtaken)],
    );
    expect_eq("tokens in a bucket of 5 when a second has gone by since", 5, burst(&line.bucket));
}

// --- Not waiting any more ---

/// An `acquire` that is dropped costs no token, wherever it was dropped.
#[lab::test(rejects(M80), read = "A cancelled waiter pays nothing")]
async fn a_cancelled_request_costs_nothing() {
    let fresh = async || {
        let bucket = bucket(5, ms(10));
        take(&bucket, 5);
        bucket
    };
    let bucket = fresh().await;
    let polls = polls_to_finish(bucket.acquire(3)).await;
    for polls in 0..polls {
        let bucket = fresh().await;
        let before = elapsed_ms();
        let outcome = cancel_after(polls, bucket.acquire(3)).await;
        pass(ms(0)).await;
        let passed = elapsed_ms() - before;
        let there = u32::try_from(passed / 10).expect("a small number") - if outcome.is_some() { 3 } else { 0 };
        expect_eq(
            &format!(
                "tokens after {passed} ms, one every 10 ms, `acquire(3)` having been polled {polls} times and dropped"
            ),
            there,
            bucket.available(),
        );
    }
}

/// Those behind a cancelled request move up at once.
#[lab::test(rejects(M80), read = "A cancelled waiter pays nothing")]
async fn those_behind_a_cancelled_request_move_up() {
    let mut line = Line::before(drained(5).await);
    let a = line.ask("A, dropped at 150 ms,", 3).await;
    line.ask("B", 1).await;
    line.ask("C", 2).await;
    line.pass(ms(150)).await;
    a.abort();
    line.pass(ms(1000)).await;
    line.expect_served("requests for 1 and 2 tokens, when the one in front is gone", [("B", 150), ("C", 300)]);

    let mut line = Line::before(drained(5).await);
    line.ask("A", 2).await;
    let b = line.ask("B, dropped at 50 ms,", 2).await;
    line.ask("C", 1).await;
    line.pass(ms(50)).await;
    b.abort();
    line.pass(ms(1000)).await;
    line.expect_served("requests for 2 and 1 tokens, when the one between them is gone", [("A", 200), ("C", 300)]);
}

/// A request dropped at the last moment, when its tokens are there, costs nothing either.
#[lab::test(rejects(M80), read = "A cancelled waiter pays nothing")]
async fn a_request_dropped_at_the_last_moment_costs_nothing() {
    let mut line = Line::before(drained(5).await);
    let bucket = line.bucket.clone();
    {
        // Polled once, so that it stands in line, and then left alone.
        let mut first = pin!(bucket.acquire(3));
        let waits = poll_fn(|context| Poll::Ready(first.as_mut().poll(context).is_pending())).await;
        expect(waits, "`acquire(3)` to wait, the bucket being empty", "it returned");
        line.ask("B", 1).await;
        line.pass(ms(350)).await;
        line.expect_served("B, behind a request that has not returned", []);
    }
    line.pass(ms(0)).await;
    line.expect_served("B, when the request in front is gone", [("B", 350)]);
    expect_eq("tokens left, of the 3 that have come", 2, line.bucket.available());
}

/// A waiting `acquire` sleeps; it does not look again and again.
#[lab::test(rejects(M66), read = "Who waits in line")]
async fn waiting_costs_nothing() {
    for n in [1, 10] {
        let bucket = bucket(10, ms(1000));
        take(&bucket, 10);
        // Generous: waking up at every token that comes is fine.
        expect_eq("what `acquire` returns", Ok(()), patient(60, bucket.acquire(n)).await);
    }
}

/// When the bucket is dropped, nothing of it is left behind.
#[lab::test(rejects(M19), read = "Tokens are a function of time")]
async fn a_dropped_bucket_leaves_nothing_behind() {
    let mut line = Line::before(drained(5).await);
    line.ask("A", 1).await;
    line.pass(ms(150)).await;
    drop(line);
    pass(ms(0)).await;
}

/// Compiles only if tasks on several threads may share a bucket.
#[expect(dead_code, reason = "the compiler's verdict is all that is wanted")]
fn a_bucket_is_shared(bucket: TokenBucket) {
    is_send(&bucket);
    is_sync(&bucket);
}

// --- At the edges, and in the long run ---

/// A pause of any length fills the bucket, and does no more.
#[lab::test(rejects(M78), read = "Full means full")]
async fn a_century_of_rest_fills_the_bucket() {
    let bucket = bucket(1000, ms(1));
    take(&bucket, 1000);
    // A little more than a hundred years, and a multiple of 2³² milliseconds.
    advance(ms(735 << 32)).await;
    expect_eq("tokens after a century, one coming every millisecond and 1000 having room", 1000, bucket.available());
    take(&bucket, 1000);
    refused(&bucket, 1);
}

/// The shortest `refill_every` fills the largest bucket, and does not overflow it.
#[lab::test(rejects(M78), read = "Full means full")]
async fn a_token_every_nanosecond_does_not_overflow() {
    let bucket = bucket(u32::MAX, Duration::from_nanos(1));
    take(&bucket, u32::MAX);
    pass(ms(1000)).await;
    expect_eq("tokens after one second, with one every nanosecond", 1_000_000_000, bucket.available());
    pass(ms(10_000)).await;
    expect_eq("tokens after eleven seconds, the capacity being `u32::MAX`", u32::MAX, bucket.available());
    take(&bucket, u32::MAX);
    // Timers count in milliseconds.
    expect_eq("what `acquire(5)` returns within 10 ms", Some(Ok(())), within(ms(10), bucket.acquire(5)).await);
}

/// The longest `refill_every` makes everybody wait, and nothing panics.
#[lab::test(rejects(M78), read = "Full means full")]
async fn a_token_in_an_eternity_does_not_overflow() {
    for eternity in [Duration::MAX, Duration::from_secs(1 << 60)] {
        let bucket = bucket(3, eternity);
        take(&bucket, 3);
        pass(ms(1000)).await;
        expect_eq("tokens one second after all were taken, none coming for ages", 0, bucket.available());
        for n in [1, 3] {
            match bucket.try_acquire(n) {
                Err(TryAcquireError::NotYet { retry_after }) if retry_after > 365 * DAY => {}
                other => fail(
                    format_args!(
                        "`try_acquire({n})` to be put off for more than a year, with `refill_every` {eternity:?}"
                    ),
                    format_args!("{other:?}"),
                ),
            }
            if let Some(outcome) = within(ms(1000), bucket.acquire(n)).await {
                fail(
                    format_args!("`acquire({n})` to wait for more than a year, with `refill_every` {eternity:?}"),
                    format_args!("{outcome:?} within a second"),
                );
            }
        }
    }
}

/// In the long run the rate is exact: `capacity`, and one more token every `refill_every`.
#[lab::test(rejects(), read = "Three limiters, three answers")]
async fn the_long_run_rate_is_exact() {
    // A period that makes no whole number of tokens per second.
    let mut line = Line::before(bucket(5, ms(70)));
    let taken = Rc::new(Cell::new(0));
    let mut clients = Vec::new();
    for (client, n) in [("A", 1), ("B", 2), ("C", 3), ("D", 1)] {
        let (bucket, journal, taken) = (line.bucket.clone(), line.journal.clone(), taken.clone());
        clients.push(line.push(async move {
            loop {
                let span = journal.begin(format_args!("{client} asks for {n} each time"));
                expect_eq("what `acquire` returns", Ok(()), bucket.acquire(n).await);
                drop(span);
                spend(&journal, &taken, n);
            }
        }));
    }
    // Somebody always waits for more than there is, so that no token finds the bucket full.
    for _ in 0..12 {
        line.pass(ms(730)).await;
        if at_once("`try_acquire(1)`", || line.bucket.try_acquire(1)).is_ok() {
            spend(&line.journal, &taken, 1);
        }
    }
    clients.iter().for_each(AbortHandle::abort);
    line.pass(ms(40)).await;
    let (taken, left) = (taken.get(), line.bucket.available());
    if taken + left != 130 {
        line.journal.fail(
            "5 tokens at the start and 125 more in 8.8 s, one every 70 ms: 130, taken or left",
            format_args!("{taken} taken and {left} left: {}", taken + left),
        );
    }
}

/// Counts what was taken: no more than the capacity, and what has come since.
fn spend(journal: &Journal, taken: &Cell<u32>, n: u32) {
    taken.set(taken.get() + n);
    let now = elapsed_ms();
    let limit = 5 + now / 70;
    if u64::from(taken.get()) > limit {
        journal.fail(
            format_args!("at most {limit} tokens taken by {now} ms: 5, and one every 70 ms"),
            format_args!("{} taken", taken.get()),
        );
    }
}

// --- Buckets ---

/// A token every 100 ms.
const PERIOD: Duration = ms(100);

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

fn bucket(capacity: u32, refill_every: Duration) -> TokenBucket {
    TokenBucket::new(NonZeroU32::new(capacity).expect("tests ask for at least one"), refill_every)
}

/// A bucket that has just been emptied, at an instant that is no multiple of its period.
async fn drained(capacity: u32) -> TokenBucket {
    pass(ms(30)).await;
    let bucket = bucket(capacity, PERIOD);
    take(&bucket, capacity);
    bucket
}

/// Takes tokens that must be there.
fn take(bucket: &TokenBucket, n: u32) {
    let there = bucket.available();
    if let Err(error) = bucket.try_acquire(n) {
        fail(
            format_args!("`try_acquire({n})` to succeed, nobody else taking tokens"),
            format_args!("{error:?}, `available` having said {there}"),
        );
    }
}

/// Tries to take tokens that cannot be there.
fn refused(bucket: &TokenBucket, n: u32) {
    match bucket.try_acquire(n) {
        Err(TryAcquireError::NotYet { .. }) => {}
        other => fail(format_args!("`try_acquire({n})` to return `NotYet`"), format_args!("{other:?}")),
    }
}

/// How many tokens can be taken one by one, up to a hundred.
fn burst(bucket: &TokenBucket) -> usize {
    (0..100).take_while(|_| bucket.try_acquire(1).is_ok()).count()
}

fn not_yet(retry_after: Duration) -> Result<(), TryAcquireError> {
    Err(TryAcquireError::NotYet { retry_after })
}

/// Makes a call that must not wait, whoever else does.
fn at_once<T>(name: &str, call: impl FnOnce() -> T) -> T {
    let _awaited = awaiting(format!("an answer of {name} at once, also while others wait"), || {
        "none: the call keeps the thread waiting, and with it those who could let it go on".to_owned()
    });
    call()
}

/// Both ways to ask for `n` tokens fail, and no time passes.
async fn too_much(bucket: &TokenBucket, n: u32) {
    let call = format!("`try_acquire({n})`");
    let tried = at_once(&call, || bucket.try_acquire(n));
    expect_eq(&format!("what {call} returns with a capacity of 5"), Err(TryAcquireError::ExceedsCapacity), tried);
    let call = format!("`acquire({n})`");
    let before = elapsed_ms();
    let Some(acquired) = within(ms(10_000), bucket.acquire(n)).await else {
        fail(format_args!("`ExceedsCapacity` from {call} at once, the capacity being 5"), "still waiting after 10 s")
    };
    expect_eq(&format!("what {call} returns with a capacity of 5"), Err(ExceedsCapacity), acquired);
    expect_eq(&format!("milliseconds that {call} takes with a capacity of 5"), 0, elapsed_ms() - before);
}

// --- Time ---

/// Lets `duration` pass. What is due by then, also at this very instant, has happened on return.
async fn pass(duration: Duration) {
    if duration > Duration::ZERO {
        sleep(duration).await;
    }
    for _ in 0..20 {
        yield_now().await;
    }
}

/// The output of `future`, if there is one after `limit`.
async fn within<F: Future>(limit: Duration, future: F) -> Option<F::Output> {
    timeout(limit, patient(5_000, future)).await.ok()
}

/// `future`, in so many polls at most: who never sleeps would keep the test busy until its time is up.
async fn patient<F: Future>(most: usize, future: F) -> F::Output {
    let began = Instant::now();
    let mut future = pin!(future);
    let mut polls = 0;
    poll_fn(|context| {
        polls += 1;
        expect(
            polls <= most,
            format_args!("an `acquire` that sleeps until it has something to do: {most} polls are plenty"),
            format_args!("more than {most} polls in {} ms", began.elapsed().as_millis()),
        );
        future.as_mut().poll(context)
    })
    .await
}

// --- Those who wait ---

/// Requests before one bucket. In the picture each has a row, from its arrival to the moment it is served.
struct Line {
    bucket: Rc<TokenBucket>,
    journal: Journal,
    requests: FuturesUnordered<LocalBoxFuture<'static, ()>>,
    began: Instant,
    /// Who was served, and when: milliseconds since the line began.
    served: Rc<RefCell<Vec<(&'static str, u64)>>>,
}

impl Line {
    fn before(bucket: TokenBucket) -> Self {
        Self {
            bucket: Rc::new(bucket),
            journal: Journal::new(),
            requests: FuturesUnordered::new(),
            began: Instant::now(),
            served: Rc::default(),
        }
    }

    /// A request for `n` tokens arrives. The handle drops it.
    async fn ask(&mut self, name: &'static str, n: u32) -> AbortHandle {
        let (bucket, journal, began, served) =
            (self.bucket.clone(), self.journal.clone(), self.began, self.served.clone());
        let request = self.push(async move {
            let _span = journal.begin(format_args!("{name} asks for {n}"));
            expect_eq(&format!("what `acquire({n})` returns, in its turn"), Ok(()), bucket.acquire(n).await);
            let now = u64::try_from(began.elapsed().as_millis()).expect("tests are short");
            served.borrow_mut().push((name, now));
        });
        self.pass(ms(0)).await;
        request
    }

    /// Runs `future` in the line. The handle drops it.
    fn push(&mut self, future: impl Future<Output = ()> + 'static) -> AbortHandle {
        let (future, handle) = abortable(patient(5_000, future));
        self.requests.push(Box::pin(async move {
            let _ = future.await;
        }));
        handle
    }

    /// [`pass`], with those in the line going on meanwhile.
    async fn pass(&mut self, duration: Duration) {
        self.beside(pass(duration)).await;
    }

    /// Runs `future` with those in the line going on meanwhile.
    async fn beside<T>(&mut self, future: impl Future<Output = T>) -> T {
        let going_on = async {
            while self.requests.next().await.is_some() {}
            pending().await
        };
        tokio::select! {
            biased;
            () = going_on => unreachable!("the line stays"),
            output = future => output,
        }
    }

    /// So far these were served, at these milliseconds. `what` completes the sentence "served in this order".
    fn expect_served<const N: usize>(&self, what: &str, wanted: [(&'static str, u64); N]) {
        let seen = self.served.borrow();
        if *seen != wanted {
            self.journal.fail(format_args!("{what}: {}", listed(&wanted)), listed(&seen));
        }
    }
}

/// `A at 300 ms, B at 400 ms`
fn listed(served: &[(&str, u64)]) -> String {
    if served.is_empty() {
        return "nobody served".to_owned();
    }
    served.iter().map(|(name, at)| format!("{name} at {at} ms")).collect::<Vec<_>>().join(", ")
}
