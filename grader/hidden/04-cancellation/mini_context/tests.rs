//! What the contract of `mini-context` promises, clause by clause.
//!
//! All tests run on one thread with a paused clock, so time is exact to the millisecond. A [`Waiter`] is a task that
//! waits for a context's `done()` and writes down what it reported, and when; the picture shows how long each one
//! waited.

use std::fmt::{Debug, Display};
use std::future::{Future, pending, poll_fn};
use std::pin::pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use lab::awaited::awaiting;
use lab::prelude::*;
use tokio::task::{AbortHandle, yield_now};
use tokio::time::{Instant, sleep};

use crate::mini_context::Context;

/// `done()` completes at the instant of cancellation, and tells everybody who waits.
#[lab::test(rejects(M91), read = "A tree of tokens")]
async fn done_completes_at_the_instant_of_cancellation() {
    let journal = Journal::new();
    let plain = background().with_cancel();
    let limited = plain.with_timeout(ms(500));
    let waiters =
        [Waiter::start(&journal, "without a deadline", &plain), Waiter::start(&journal, "with a deadline", &limited)];
    sleep(ms(30)).await;
    plain.cancel();
    sleep(ms(600)).await;
    for waiter in waiters {
        waiter.expect_report(CANCELLED, 30);
    }
}

/// `done()` completes at the deadline, whenever it was called.
#[lab::test(rejects(M47), read = "A deadline only shrinks")]
async fn done_completes_at_the_deadline() {
    let journal = Journal::new();
    let context = background().with_timeout(ms(100));
    let early = Waiter::start(&journal, "from 0 ms on", &context);
    sleep(ms(60)).await;
    let late = Waiter::start(&journal, "from 60 ms on", &context);
    sleep(ms(200)).await;
    early.expect_report(DEADLINE_EXCEEDED, 100);
    late.expect_report(DEADLINE_EXCEEDED, 100);
    expect_text("`done()` at 260 ms", DEADLINE_EXCEEDED, Some(expect_prompt("`done()`", context.done()).await));
    expect_eq("the time in ms when a late `done()` says so", 260, elapsed_ms());
}

/// Everybody who waits is told, those who gave up in between notwithstanding.
#[lab::test(rejects(M69), read = "A tree of tokens")]
async fn everybody_who_waits_is_told() {
    let journal = Journal::new();
    let context = background().with_timeout(LONG);
    cancel_after(1, context.done()).await;
    let waiters = ["first", "second", "third", "fourth"].map(|name| Waiter::start(&journal, name, &context));
    settle().await;
    drop(Waiter::start(&journal, "gives up", &context));
    settle().await;
    context.cancel();
    let at = elapsed_ms();
    settle().await;
    for waiter in waiters {
        waiter.expect_report(CANCELLED, at);
    }
}

/// Without a deadline a context lives until it is cancelled.
#[lab::test(rejects(), read = "A tree of tokens")]
async fn a_context_without_a_deadline_lives_on() {
    let journal = Journal::new();
    let root = background();
    let child = root.with_cancel();
    let waiters = [Waiter::start(&journal, "root", &root), Waiter::start(&journal, "child", &child)];
    sleep(ms(40_000)).await;
    for (name, context) in [("root", &root), ("child", &child)] {
        expect_err(format_args!("`err()` of the {name}, which has no deadline"), ALIVE, context);
        expect_eq("the deadline in ms, there being none on the way to the root", None, deadline_ms(context));
    }
    for waiter in waiters {
        waiter.expect_waiting();
    }
}

/// `err()` is `None` until the deadline and then says why, also if nobody waits for it.
#[lab::test(rejects(), read = "A deadline only shrinks")]
async fn err_knows_the_deadline_though_nobody_waits() {
    let context = background().with_timeout(ms(100));
    let child = context.with_cancel();
    sleep(ms(90)).await;
    expect_err("`err()` at 90 ms, the deadline being at 100", ALIVE, &context);
    expect_err("`err()` of the child at 90 ms, the deadline being at 100", ALIVE, &child);
    sleep(ms(20)).await;
    expect_err("`err()` at 110 ms, the deadline being at 100", DEADLINE_EXCEEDED, &context);
    expect_err("`err()` of the child at 110 ms, the deadline being at 100", DEADLINE_EXCEEDED, &child);
}

/// Cancelling a context ends it and all its descendants, on every level.
#[lab::test(rejects(), read = "A tree of tokens")]
async fn cancelling_ends_a_context_and_its_descendants() {
    let (journal, family) = (Journal::new(), Family::new());
    let below = [
        ("parent", &family.parent),
        ("child", &family.child),
        ("grandchild", &family.grandchild),
        ("great-grandchild", &family.great_grandchild),
    ];
    let waiters = below.map(|(name, context)| Waiter::start(&journal, name, context));
    sleep(ms(30)).await;
    family.parent.cancel();
    settle().await;
    for (name, context) in below {
        expect_err(format_args!("`err()` of the {name}, the parent having been cancelled"), CANCELLED, context);
    }
    for waiter in waiters {
        waiter.expect_report(CANCELLED, 30);
    }
}

/// Cancelling a context never ends its parent, its siblings, or another tree.
#[lab::test(rejects(M48), read = "A tree of tokens")]
async fn cancelling_never_ends_a_parent_or_a_sibling() {
    let (journal, family) = (Journal::new(), Family::new());
    let beside = [("grandparent", &family.grandparent), ("sibling", &family.sibling), ("nephew", &family.nephew)];
    let waiters = beside.map(|(name, context)| Waiter::start(&journal, name, context));
    sleep(ms(30)).await;
    family.parent.cancel();
    sleep(ms(100)).await;
    for (name, context) in beside {
        expect_err(format_args!("`err()` of the {name}, the parent having been cancelled"), ALIVE, context);
    }
    for waiter in waiters {
        waiter.expect_waiting();
    }

    let (root, another) = (background(), background());
    root.cancel();
    settle().await;
    expect_err("`err()` of a `background()`, another one having been cancelled", ALIVE, &another);
}

/// A clone is the same context.
#[lab::test(rejects(M48), read = "A tree of tokens")]
async fn a_clone_is_the_same_context() {
    let original = background().with_cancel();
    let clone = original.clone();
    let (child, childs_child) = (original.with_cancel(), clone.clone().with_cancel());
    clone.cancel();
    settle().await;
    expect_err("`err()` of the original, its clone having been cancelled", CANCELLED, &original);
    expect_err("`err()` of the original's child, the clone having been cancelled", CANCELLED, &child);
    expect_err("`err()` of the clone's child, the clone having been cancelled", CANCELLED, &childs_child);

    let original = background().with_timeout(ms(100));
    let clone = original.clone();
    expect_eq("the clone's deadline in ms", deadline_ms(&original), deadline_ms(&clone));
    original.cancel();
    settle().await;
    expect_err("`err()` of the clone, the original having been cancelled", CANCELLED, &clone);
}

/// Dropping cancels nothing: no handle, no child, no future of `done` or `run`.
#[lab::test(rejects(M48), read = "A tree of tokens")]
async fn dropping_cancels_nothing() {
    let journal = Journal::new();
    let parent = background().with_cancel();
    let context = parent.with_timeout(LONG);
    let child = context.with_cancel();
    let waiter = Waiter::start(&journal, "the context", &context);
    let childs_waiter = Waiter::start(&journal, "its child", &child);
    let alive = |what: &str| {
        expect_err(format_args!("`err()` after {what} was dropped"), ALIVE, &context);
    };
    drop(context.clone());
    settle().await;
    alive("a clone");
    drop(context.with_cancel());
    settle().await;
    alive("a child");
    drop(context.with_timeout(ms(20)));
    sleep(ms(30)).await;
    alive("a child with a deadline");
    cancel_after(2, context.done()).await;
    settle().await;
    alive("a future of `done`");
    cancel_after(2, context.run(sleep(ms(200)))).await;
    settle().await;
    alive("a future of `run`");
    drop(parent);
    settle().await;
    alive("the parent");
    waiter.expect_waiting();
    drop((waiter, context));
    settle().await;
    expect_err("`err()` of the child after all handles above it were dropped", ALIVE, &child);
    childs_waiter.expect_waiting();
}

/// If a context in the middle is dropped, what is above it still reaches what is below it.
#[lab::test(rejects(), read = "A tree of tokens")]
async fn a_dropped_context_in_the_middle_breaks_no_link() {
    let journal = Journal::new();
    let top = background().with_cancel();
    let bottom = top.with_cancel().with_cancel();
    let waiter = Waiter::start(&journal, "bottom", &bottom);
    settle().await;
    expect_err("`err()` at the bottom, the handle in the middle having been dropped", ALIVE, &bottom);
    top.cancel();
    settle().await;
    expect_err("`err()` at the bottom, the top having been cancelled", CANCELLED, &bottom);
    waiter.expect_report(CANCELLED, 1);

    // Only the bottom is kept; the context above it has 50 ms.
    let bottom = background().with_timeout(ms(50)).with_cancel();
    let waiter = Waiter::start(&journal, "below a deadline", &bottom);
    sleep(ms(60)).await;
    waiter.expect_report(DEADLINE_EXCEEDED, 52);
}

/// `deadline()` is the earliest on the way to the root.
#[lab::test(rejects(M51), read = "A deadline only shrinks")]
async fn the_deadline_is_the_earliest_on_the_way_to_the_root() {
    sleep(ms(20)).await;
    let root = background();
    let parent = root.with_timeout(ms(100));
    expect_eq("the deadline in ms, 100 ms having been given at 20", Some(120), deadline_ms(&parent));
    expect_eq("the deadline in ms of its child", Some(120), deadline_ms(&parent.with_cancel()));
    let longer = parent.with_timeout(ms(500));
    expect_eq("the deadline in ms of a child with 500 ms", Some(120), deadline_ms(&longer));
    let shorter = longer.with_cancel().with_timeout(ms(30));
    expect_eq("the deadline in ms of a great-grandchild with 30 ms", Some(50), deadline_ms(&shorter));
    expect_eq("the deadline in ms below that", Some(50), deadline_ms(&shorter.with_cancel().with_timeout(ms(70))));
    let at = Instant::now() + ms(250);
    expect_eq("the deadline in ms, 250 ms from now", Some(270), deadline_ms(&root.with_deadline(at)));
    expect_eq("the deadline in ms of a child with a later one", Some(120), deadline_ms(&parent.with_deadline(at)));
    expect_eq("the deadline in ms of the parent as before", Some(120), deadline_ms(&parent));
    expect_eq("the deadline in ms of the root as before", None, deadline_ms(&root));
}

/// No context outlasts the earliest deadline on the way to the root.
#[lab::test(rejects(M51), read = "A deadline only shrinks")]
async fn an_inner_timeout_does_not_outlast_the_outer_one() {
    let journal = Journal::new();
    let outer = background().with_timeout(ms(100));
    let inner = outer.with_timeout(ms(500));
    let innermost = inner.with_cancel();
    let short = inner.with_timeout(ms(40));
    let waiters = [("outer", &outer), ("inner", &inner), ("innermost", &innermost), ("short", &short)]
        .map(|(name, context)| Waiter::start(&journal, name, context));
    sleep(ms(700)).await;
    for (waiter, at) in waiters.iter().zip([100, 100, 100, 40]) {
        waiter.expect_report(DEADLINE_EXCEEDED, at);
    }
    for (name, context) in [("outer", &outer), ("inner", &inner), ("innermost", &innermost), ("short", &short)] {
        expect_err(format_args!("`err()` of the {name} context, its time being up"), DEADLINE_EXCEEDED, context);
    }
}

/// A cancelled context stays `Cancelled` when its deadline passes.
#[lab::test(rejects(), read = "A deadline only shrinks")]
async fn a_cancelled_context_stays_cancelled() {
    let parent = background().with_timeout(ms(100));
    let own = background().with_timeout(ms(100));
    let child = parent.with_cancel();
    sleep(ms(50)).await;
    own.cancel();
    child.cancel();
    sleep(ms(100)).await;
    expect_err("`err()` at 150 ms, cancelled at 50, deadline at 100", CANCELLED, &own);
    expect_err("`err()` at 150 ms, cancelled at 50, the parent's deadline at 100", CANCELLED, &child);
    expect_err("`err()` of the parent at 150 ms, the child cancelled at 50", DEADLINE_EXCEEDED, &parent);
    let done = expect_prompt("`done()` of a cancelled context", own.done()).await;
    expect_text("`done()` at 150 ms, cancelled at 50, deadline at 100", CANCELLED, Some(done));
}

/// A context whose time was up stays `DeadlineExceeded` when it is cancelled.
#[lab::test(rejects(), read = "A deadline only shrinks")]
async fn a_context_whose_time_was_up_stays_so() {
    let own = background().with_timeout(ms(100));
    let child = background().with_timeout(ms(100)).with_cancel();
    sleep(ms(150)).await;
    own.cancel();
    child.cancel();
    settle().await;
    expect_err("`err()`, cancelled at 150 ms, deadline at 100", DEADLINE_EXCEEDED, &own);
    expect_err("`err()`, cancelled at 150 ms, the parent's deadline at 100", DEADLINE_EXCEEDED, &child);
    let done = expect_prompt("`done()` of a context whose time is up", own.done()).await;
    expect_text("`done()`, cancelled at 150 ms, deadline at 100", DEADLINE_EXCEEDED, Some(done));
}

/// The cause that was reported stands, also when the parent ends later for another reason.
#[lab::test(rejects(), read = "A deadline only shrinks")]
async fn what_was_reported_stands() {
    let journal = Journal::new();
    let parent = background().with_timeout(ms(200));
    let late = parent.with_timeout(ms(80));
    let lates_waiter = Waiter::start(&journal, "80 ms", &late);
    let other = background().with_cancel();
    let cancelled = other.with_timeout(ms(80));
    let cancelleds_waiter = Waiter::start(&journal, "80 ms, parent cancelled at 40", &cancelled);
    sleep(ms(40)).await;
    other.cancel();
    sleep(ms(60)).await;
    parent.cancel();
    sleep(ms(200)).await;
    lates_waiter.expect_report(DEADLINE_EXCEEDED, 80);
    cancelleds_waiter.expect_report(CANCELLED, 40);
    expect_err("`err()`, `DeadlineExceeded` reported at 80 ms, the parent cancelled at 100", DEADLINE_EXCEEDED, &late);
    expect_err("`err()`, `Cancelled` reported at 40 ms, the deadline at 80", CANCELLED, &cancelled);
    let done = expect_prompt("`done()` of a finished context", late.done()).await;
    expect_text("`done()`, `DeadlineExceeded` reported before", DEADLINE_EXCEEDED, Some(done));
    let done = expect_prompt("`done()` of a finished context", cancelled.done()).await;
    expect_text("`done()`, `Cancelled` reported before", CANCELLED, Some(done));
}

/// A deadline in the past, or a timeout of zero, ends the context at once.
#[lab::test(rejects(), read = "A deadline only shrinks")]
async fn no_time_at_all_ends_a_context_at_once() {
    sleep(ms(50)).await;
    let past = Instant::now() - ms(30);
    let contexts = [
        ("a timeout of zero", background().with_timeout(Duration::ZERO)),
        ("a deadline that is now", background().with_deadline(Instant::now())),
        ("a deadline 30 ms ago", background().with_deadline(past)),
        ("a deadline 30 ms ago, below one to come", background().with_timeout(LONG).with_deadline(past)),
    ];
    everybodys_turn().await;
    for (what, context) in contexts {
        expect_err(format_args!("`err()` of a context with {what}"), DEADLINE_EXCEEDED, &context);
        let asked = elapsed_ms();
        let done = expect_prompt(&format!("`done()` of a context with {what}"), context.done()).await;
        expect_text(format_args!("`done()` of a context with {what}"), DEADLINE_EXCEEDED, Some(done));
        expect_eq("the time in ms when it says so", asked, elapsed_ms());
        context.cancel();
        settle().await;
        expect_err(format_args!("`err()` with {what}, after a `cancel`"), DEADLINE_EXCEEDED, &context);
    }
}

/// A timeout of `Duration::MAX` does not panic, and is no end.
#[lab::test(rejects(), read = "A deadline only shrinks")]
async fn endless_time_is_no_panic() {
    let journal = Journal::new();
    let parent = background().with_timeout(ms(100));
    let limited = parent.with_timeout(Duration::MAX);
    expect_eq("the deadline in ms of an endless child, the parent's being at 100", Some(100), deadline_ms(&limited));
    let endless = background().with_timeout(Duration::MAX);
    const A_MONTH: u64 = 30 * 24 * 3600 * 1000;
    if let Some(at) = deadline_ms(&endless).filter(|at| *at < A_MONTH) {
        fail("a deadline that is `None` or far away, after a timeout of `Duration::MAX`", format_args!("{at} ms"));
    }
    let waiter = Waiter::start(&journal, "endless", &endless);
    let child = endless.with_cancel();
    let childs_waiter = Waiter::start(&journal, "its child", &child);
    let limiteds_waiter = Waiter::start(&journal, "endless in 100 ms", &limited);
    sleep(ms(20_000)).await;
    expect_err("`err()` of an endless context at 20 s", ALIVE, &endless);
    limiteds_waiter.expect_report(DEADLINE_EXCEEDED, 100);
    endless.cancel();
    settle().await;
    waiter.expect_report(CANCELLED, 20_000);
    childs_waiter.expect_report(CANCELLED, 20_000);
}

/// A child made from a finished context is finished, too, with the same cause.
#[lab::test(rejects(), read = "A tree of tokens")]
async fn a_child_of_a_finished_context_is_finished() {
    let cancelled = background().with_cancel();
    cancelled.cancel();
    let late = background().with_timeout(ms(20));
    sleep(ms(30)).await;
    for (parent, cause) in [(&cancelled, CANCELLED), (&late, DEADLINE_EXCEEDED)] {
        for (child, how) in [(parent.with_cancel(), "with_cancel()"), (parent.with_timeout(LONG), "with_timeout(50 s)")]
        {
            settle().await;
            expect_err(format_args!("`err()` of a new child, {how}, of a finished context"), cause, &child);
            let grandchild = child.with_cancel();
            settle().await;
            expect_err("`err()` of a new grandchild of a finished context", cause, &grandchild);
            let asked = elapsed_ms();
            let done = expect_prompt("`done()` of a new child of a finished context", child.done()).await;
            expect_text("`done()` of a new child of a finished context", cause, Some(done));
            expect_eq("the time in ms when it says so", asked, elapsed_ms());
        }
    }
}

/// `run` gives the output of its future, and the context lives on.
#[lab::test(rejects(), read = "A timeout is a race and a drop")]
async fn run_gives_the_output_and_the_context_lives_on() {
    for context in [background(), background().with_cancel(), background().with_timeout(LONG)] {
        for (result, wait) in [(1, 0), (2, 30)] {
            let (begin, journal) = (elapsed_ms(), Journal::new());
            let fut = journal.during("the future", async move {
                if wait > 0 {
                    sleep(ms(wait)).await;
                }
                result
            });
            expect_text("what `run` returns", format_args!("Ok({result})"), context.run(fut).await);
            expect_eq("the time in ms that `run` takes, as its future does", wait, elapsed_ms() - begin);
            settle().await;
            expect_err("`err()` after `run`", ALIVE, &context);
        }
    }
}

/// `run` does not poll its future at all on a finished context.
#[lab::test(rejects(), read = "Order among branches")]
async fn run_polls_nothing_on_a_finished_context() {
    let parent = background().with_cancel();
    let late = background().with_timeout(ms(20));
    sleep(ms(30)).await;
    let contexts = [
        ("that is cancelled", CANCELLED, background().with_cancel()),
        ("whose parent is cancelled", CANCELLED, parent.with_timeout(LONG)),
        ("whose time is up", DEADLINE_EXCEEDED, late),
        ("with a timeout of zero", DEADLINE_EXCEEDED, background().with_timeout(Duration::ZERO)),
    ];
    contexts[0].2.cancel();
    parent.cancel();
    everybodys_turn().await;
    for (which, cause, context) in contexts {
        // Again and again, so that nobody gets by with a toss of a coin.
        for _ in 1..=64 {
            let polls = Arc::new(AtomicUsize::new(0));
            let counted = polls.clone();
            let fut = async move {
                counted.fetch_add(1, Ordering::SeqCst);
            };
            let outcome = context.run(fut).await;
            let polls = polls.load(Ordering::SeqCst);
            expect(
                polls == 0,
                format_args!("no poll of the future given to `run` of a context {which}"),
                format_args!("it was polled, and `run` returned {outcome:?}"),
            );
            expect_text(format_args!("what `run` of a context {which} returns"), err_of(cause), outcome);
        }
    }
}

/// When the context ends, `run` ends at that instant and reports the cause.
#[lab::test(rejects(M91), read = "A timeout is a race and a drop")]
async fn run_ends_when_the_context_ends() {
    let journal = Journal::new();
    for Ended { name, cause, outcome, .. } in run_until_30_ms(&journal).await {
        let (seen, at) = outcome.unwrap_or(("nothing".to_owned(), elapsed_ms()));
        let wanted = err_of(cause);
        if seen != wanted || at != 30 {
            journal.fail(format_args!("{wanted} at 30 ms from `run`: {name}"), format_args!("{seen} at {at} ms"));
        }
    }
}

/// When the context ends, `run` drops its future at that instant.
#[lab::test(rejects(M42), read = "What a timeout cannot stop")]
async fn run_drops_its_future_when_the_context_ends() {
    let journal = Journal::new();
    for Ended { name, left, .. } in run_until_30_ms(&journal).await {
        if left > 0 {
            journal.fail(format_args!("the future given to `run` is dropped: {name}"), "at 31 ms it is still there");
        }
    }
}

/// `done()` and `run` wait; they do not look again and again.
#[lab::test(rejects(M66), read = "A tree of tokens")]
async fn waiting_costs_nothing() {
    let journal = Journal::new();
    let context = background().with_cancel().with_timeout(ms(10_000)).with_cancel();
    let cause = few_polls(&journal, "`done()`", context.done()).await;
    expect_text("`done()` of a context with 10 s", DEADLINE_EXCEEDED, Some(cause));
    let context = background().with_timeout(LONG);
    let outcome = few_polls(&journal, "`run`", context.run(sleep(ms(10_000)))).await;
    expect_text("what `run` returns", "Ok(())", outcome);
}

/// A future that cancels the context it runs in is dropped like any other.
#[lab::test(rejects(M61), read = "A lock across an await")]
async fn a_future_may_cancel_its_own_context() {
    let context = background().with_cancel();
    let own = context.clone();
    let fut = async move {
        yield_now().await;
        own.cancel();
        sleep(ms(200)).await;
    };
    let outcome = expect_prompt("`run`, its future having cancelled the context", context.run(fut)).await;
    expect_text("what `run` returns, its future having cancelled the context", err_of(CANCELLED), outcome);
    expect_eq("the time in ms when it returns", 0, elapsed_ms());
}

/// Nothing is left of a context when its last handle is gone; no task stays for ever.
#[lab::test(rejects(M19), read = "What a timeout cannot stop")]
async fn nothing_is_left_of_a_context() {
    let family = Family::new();
    let endless = family.child.with_timeout(Duration::MAX).with_cancel();
    cancel_after(2, endless.done()).await;
    cancel_after(2, endless.run(pending::<()>())).await;
    drop((family, endless));
    // Tasks that are left are counted after the test.
    settle().await;
}

/// Compiles only if contexts and their futures keep the promises about `Send` and `Sync`.
#[expect(dead_code, reason = "the compiler's verdict is all that is wanted")]
fn contexts_and_their_futures_may_move_between_threads<F>(context: Context, fut: F)
where
    F: Future + Send + 'static,
    F::Output: Send + 'static,
{
    is_send(&context);
    is_sync(&context);
    is_send(&context.done());
    is_send(&context.run(fut));
}

// --- Contexts ---

/// A timeout that plays no part.
const LONG: Duration = Duration::from_secs(50);

fn background() -> Context {
    Context::background()
}

/// Three generations, and those beside them.
struct Family {
    grandparent: Context,
    parent: Context,
    child: Context,
    grandchild: Context,
    great_grandchild: Context,
    sibling: Context,
    nephew: Context,
}

impl Family {
    fn new() -> Self {
        let grandparent = background().with_cancel();
        let (parent, sibling) = (grandparent.with_cancel(), grandparent.with_cancel());
        let child = parent.with_timeout(LONG);
        let grandchild = child.with_cancel();
        let great_grandchild = grandchild.with_cancel();
        let nephew = sibling.with_cancel();
        Self { grandparent, parent, child, grandchild, great_grandchild, sibling, nephew }
    }
}

/// The deadline in milliseconds since the test began.
fn deadline_ms(context: &Context) -> Option<u64> {
    let began = Instant::now() - ms(elapsed_ms());
    let after = context.deadline()?.saturating_duration_since(began);
    Some(u64::try_from(after.as_millis()).unwrap_or(u64::MAX))
}

/// How a `run` came to its end.
struct Ended {
    name: &'static str,
    cause: &'static str,
    /// What it returned, and when.
    outcome: Option<(String, u64)>,
    /// Futures that were still there 1 ms after the context had ended.
    left: usize,
}

/// Runs futures of 200 ms in contexts that end after 30 ms, each in another way.
async fn run_until_30_ms(journal: &Journal) -> Vec<Ended> {
    let parent = background().with_cancel();
    let scenes = [
        ("cancelled", CANCELLED, background().with_timeout(LONG)),
        ("parent cancelled", CANCELLED, parent.with_cancel()),
        ("deadline", DEADLINE_EXCEEDED, background().with_timeout(ms(30))),
        ("parent's deadline", DEADLINE_EXCEEDED, background().with_timeout(ms(30)).with_timeout(LONG)),
    ];
    let cancelled = scenes[0].2.clone();
    let runs = scenes.map(|(name, cause, context)| {
        let (left, outcome) = (DropCounter::new(), Arc::new(Mutex::new(None)));
        let (token, slot) = (left.token(), outcome.clone());
        let fut = journal.during(name, async move {
            let _token = token;
            sleep(ms(200)).await;
        });
        let task = Owned::spawn(async move {
            let seen = format!("{:?}", context.run(fut).await);
            *lock(&slot) = Some((seen, elapsed_ms()));
        });
        (name, cause, outcome, left, task)
    });
    sleep(ms(30)).await;
    cancelled.cancel();
    parent.cancel();
    settle().await;
    let left = runs.each_ref().map(|(.., left, _)| left.alive());
    // What goes on is to be seen in the picture.
    sleep(ms(300)).await;
    let ended = runs.into_iter().zip(left);
    ended
        .map(|((name, cause, outcome, ..), left)| Ended { name, cause, outcome: lock(&outcome).take(), left })
        .collect()
}

// --- What contexts report ---

// Causes are compared by their names, so that it does not matter where `CtxError` comes from.
const ALIVE: &str = "None";
const CANCELLED: &str = "Some(Cancelled)";
const DEADLINE_EXCEEDED: &str = "Some(DeadlineExceeded)";

/// What `run` returns when the context ends for this cause.
fn err_of(cause: &str) -> String {
    cause.replace("Some", "Err")
}

/// `what` completes the sentence "expected …: Some(Cancelled)".
fn expect_err(what: impl Display, expected: &str, context: &Context) {
    expect_text(what, expected, context.err());
}

fn expect_text(what: impl Display, expected: impl Display, seen: impl Debug) {
    let (expected, seen) = (expected.to_string(), format!("{seen:?}"));
    expect(seen == expected, format_args!("{what}: {expected}"), seen);
}

/// Waits for something that is over at once; if it hangs, the test fails and says what it has waited for.
async fn expect_prompt<F: Future>(what: &str, future: F) -> F::Output {
    let _awaited = awaiting(format!("the end of {what}, at once"), || "it waits".to_owned());
    future.await
}

/// Fails when the future is polled more often than waiting takes.
async fn few_polls<F: Future>(journal: &Journal, what: &str, future: F) -> F::Output {
    let mut future = pin!(future);
    let mut polls = 0;
    poll_fn(|context| {
        polls += 1;
        if polls > 50 {
            journal.fail(
                format_args!("a handful of polls for {what}, which waits for 10 s"),
                format_args!("{polls} polls, at {} ms", elapsed_ms()),
            );
        }
        future.as_mut().poll(context)
    })
    .await
}

/// Returns when every other task waits. Takes no time.
async fn everybodys_turn() {
    for _ in 0..20 {
        yield_now().await;
    }
}

/// A task that ends with this value.
struct Owned(AbortHandle);

impl Owned {
    fn spawn(future: impl Future<Output = ()> + Send + 'static) -> Self {
        Self(tokio::spawn(future).abort_handle())
    }
}

impl Drop for Owned {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// A task that waits for `done()` of a context; it gives up when it is dropped.
struct Waiter {
    journal: Journal,
    name: &'static str,
    /// What was reported, and when.
    report: Arc<Mutex<Option<(String, u64)>>>,
    _task: Owned,
}

impl Waiter {
    fn start(journal: &Journal, name: &'static str, context: &Context) -> Self {
        let report = Arc::new(Mutex::new(None));
        let (slot, context) = (report.clone(), context.clone());
        let task = Owned::spawn(journal.during(name, async move {
            let cause = format!("{:?}", Some(context.done().await));
            *lock(&slot) = Some((cause, elapsed_ms()));
        }));
        Self { journal: journal.clone(), name, report, _task: task }
    }

    fn expect_report(&self, cause: &str, at: u64) {
        let report = lock(&self.report).clone();
        if report.as_ref().is_some_and(|(seen, when)| seen == cause && *when == at) {
            return;
        }
        let expected = format!("`done()` reports {} at {at} ms to the waiter '{}'", bare(cause), self.name);
        match report {
            Some((seen, when)) => self.journal.fail(expected, format_args!("{} at {when} ms", bare(&seen))),
            None => self.journal.fail(expected, format_args!("at {} ms it still waits", elapsed_ms())),
        }
    }

    fn expect_waiting(&self) {
        if let Some((seen, when)) = lock(&self.report).clone() {
            self.journal.fail(
                format_args!("`done()` of a context that lives does not complete: '{}'", self.name),
                format_args!("{} at {when} ms", bare(&seen)),
            );
        }
    }
}

/// `Cancelled` for `Some(Cancelled)`.
fn bare(cause: &str) -> &str {
    cause.strip_prefix("Some(").and_then(|cause| cause.strip_suffix(')')).unwrap_or(cause)
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
