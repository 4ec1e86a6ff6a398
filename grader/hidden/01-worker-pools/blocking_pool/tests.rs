//! What the contract of `blocking-pool` promises, clause by clause.
//!
//! The calls block their threads for real, so the clock is real, too, and no test looks at it: a call stands at a gate
//! until the test lets it through.

use std::collections::BTreeSet;
use std::num::NonZeroUsize;
use std::ops::Deref;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;

use lab::awaited::awaiting;
use lab::prelude::*;
use tokio::task::yield_now;

use crate::blocking_pool::{Panicked, run_blocking};

/// `f` never runs on a thread of the runtime.
#[lab::test(clock = real, rejects(M17, M34), read = "Blocking work has its own threads")]
async fn f_runs_off_the_runtimes_thread() {
    let journal = Journal::new();
    let runtimes_thread = thread::current().id();
    let results = {
        let journal = journal.clone();
        run_blocking(vec![0, 1, 2], limit(2), move |item: usize| {
            let _span = journal.begin(format_args!("item {item}"));
            let here = thread::current().id();
            expect(
                here != runtimes_thread,
                "`f` called on a thread for blocking work",
                "a call on the runtime's thread",
            );
            item
        })
    };
    expect_eq("the results", vec![Ok(0), Ok(1), Ok(2)], results.await);
}

/// Other tasks go on while every call is blocked.
#[lab::test(clock = real, rejects(M17, M34), read = "Blocking work has its own threads")]
async fn other_tasks_go_on_while_every_call_is_blocked() {
    let (journal, gate) = (Journal::new(), gate());
    let heart = Heartbeat::start();
    let arrivals = gate.arrivals(1, "call of `f`");
    let blocked = gate.clone();
    let _awaited = awaiting("other tasks to get their turn while calls of `f` stand at a gate", move || {
        format!("the runtime's thread waits with them (calls at the gate: {})", blocked.arrived())
    });
    let watching = async {
        arrivals.await;
        heart.beats(100).await;
        gate.open();
    };
    let calls = run_blocking(vec![0, 1, 2], limit(3), at_the_gate(&journal, &gate));
    let (results, ()) = tokio::join!(calls, watching);
    expect_eq("the results", vec![Ok(0), Ok(1), Ok(2)], results);
}

/// `limit` calls run at once when there is enough work.
#[lab::test(clock = real, rejects(M17, M34, M91), read = "Blocking work has its own threads")]
async fn as_many_calls_at_once_as_the_limit() {
    let journal = Journal::new();
    let (meeting, _awaited) = Rendezvous::of(3, "calls of `f` at the same time: `limit` is 3, and there are 6 items");
    let calls = {
        let journal = journal.clone();
        run_blocking((0..6).collect(), limit(3), move |item: usize| {
            let _span = journal.begin(format_args!("item {item}"));
            meeting.meet_blocking();
            item
        })
    };
    expect_eq("the results", (0..6).map(Ok).collect::<Vec<_>>(), calls.await);
}

/// The limit has nothing to do with the number of cores.
#[lab::test(clock = real, rejects(M91), read = "How many workers?")]
async fn the_limit_may_be_far_above_the_number_of_cores() {
    let cores = thread::available_parallelism().map_or(1, NonZeroUsize::get);
    // Stays below the number of threads that tokio has for blocking work.
    let count = (2 * cores + 1).clamp(64, 500);
    let (meeting, _awaited) = Rendezvous::of(count, "calls of `f` at the same time, as `limit` and items allow");
    let calls = run_blocking((0..count).collect(), limit(count), move |item: usize| {
        meeting.meet_blocking();
        item
    });
    expect_eq("the results", (0..count).map(Ok).collect::<Vec<_>>(), calls.await);
}

/// At most `limit` calls run at once.
#[lab::test(clock = real, rejects(M72), read = "A permit is a value")]
async fn never_more_calls_at_once_than_the_limit() {
    let (journal, gate) = (Journal::new(), gate());
    let arrivals = calls_inside(&gate, 3, "calls of `f` at the same time: `limit` is 3, and there are 9 items");
    let watching = async {
        arrivals.await;
        settle_threads().await;
        journal.expect_at_most(3, "calls of `f`");
        gate.open();
    };
    let calls = run_blocking((0..9).collect(), limit(3), at_the_gate(&journal, &gate));
    let (results, ()) = tokio::join!(calls, watching);
    journal.expect_at_most(3, "calls of `f`");
    expect_eq("the results", (0..9).map(Ok).collect::<Vec<_>>(), results);
}

/// When a call has ended, another begins; nobody waits for a whole batch.
#[lab::test(clock = real, rejects(M29), read = "A permit is a value")]
async fn the_next_call_begins_when_one_has_ended() {
    let (journal, begun) = (Journal::new(), open_gate());
    let gates: Arc<[TestGate]> = (0..5).map(|_| gate()).collect();
    let inside = Arc::new(Mutex::new(BTreeSet::new()));
    let mut arrivals = calls_inside(&begun, 2, "calls of `f` at the same time: `limit` is 2, and there are 5 items");
    let watching = async {
        for ended in 1..=3 {
            arrivals.await;
            // Two are inside. The one further to the front of the items ends, the other goes on.
            let first: Option<usize> = lock(&inside).pop_first();
            gates[first.expect("a call is noted before it is counted")].open();
            let what = format!("calls of `f` begun when {ended} had ended: `limit` is 2, and there are 5 items");
            arrivals = calls_inside(&begun, 2 + ended, &what);
        }
        arrivals.await;
        gates.iter().for_each(|gate| gate.open());
    };
    let calls = {
        let (journal, begun, gates, inside) = (journal.clone(), begun.clone(), gates.clone(), inside.clone());
        run_blocking((0..5).collect(), limit(2), move |item: usize| {
            let _span = journal.begin(format_args!("item {item}"));
            lock(&inside).insert(item);
            begun.pass_blocking();
            gates[item].pass_blocking();
            item
        })
    };
    let (results, ()) = tokio::join!(calls, watching);
    expect_eq("the results", (0..5).map(Ok).collect::<Vec<_>>(), results);
}

/// `results[i]` comes from `items[i]`, whichever call ends first.
#[lab::test(clock = real, rejects(M28), read = "A result for every job")]
async fn results_come_in_input_order() {
    let (journal, begun) = (Journal::new(), open_gate());
    let gates: Arc<[TestGate]> = (0..4).map(|_| gate()).collect();
    let arrivals = calls_inside(&begun, 4, "calls of `f` at the same time: `limit` is 4, and there are 4 items");
    let watching = async {
        arrivals.await;
        // The calls end from last to first; when all is quiet, the result of each has been delivered.
        for gate in gates.iter().rev() {
            gate.open();
            settle_threads().await;
        }
    };
    let calls = {
        let (journal, begun, gates) = (journal.clone(), begun.clone(), gates.clone());
        run_blocking((0..4).collect(), limit(4), move |item: usize| {
            let _span = journal.begin(format_args!("item {item}"));
            begun.pass_blocking();
            gates[item].pass_blocking();
            item * 10
        })
    };
    let (results, ()) = tokio::join!(calls, watching);
    expect_eq("the results, in input order", vec![Ok(0), Ok(10), Ok(20), Ok(30)], results);
}

/// A call that panics becomes `Err(Panicked(message))` in its place; the others go on.
#[lab::test(clock = real, rejects(M24), read = "What a dead worker costs")]
async fn a_panic_becomes_an_error_in_its_place() {
    let journal = Journal::new();
    let calls = {
        let journal = journal.clone();
        run_blocking((0..6).collect(), limit(2), move |item: usize| {
            let _span = journal.begin(format_args!("item {item}"));
            match item {
                1 => panics::inject("the second has a problem"),
                4 => panics::inject_owned(format!("item {item} has a problem")),
                _ => item * 10,
            }
        })
    };
    let panicked = |message: &str| Err(Panicked(message.to_owned()));
    let wanted =
        vec![Ok(0), panicked("the second has a problem"), Ok(20), Ok(30), panicked("item 4 has a problem"), Ok(50)];
    expect_eq("the results", wanted, calls.await);
}

/// A panic whose payload is no text becomes a `Panicked` with any text.
#[lab::test(clock = real, rejects(M24), read = "What a dead worker costs")]
async fn a_panic_without_text_becomes_an_error_too() {
    let results = run_blocking(vec![false, true, false], limit(3), |bad| {
        if bad {
            panics::inject_odd();
        }
        7
    });
    let mut results = results.await;
    if let Some(Err(Panicked(text))) = results.get_mut(1) {
        *text = "any text".to_owned();
    }
    expect_eq("the results", vec![Ok(7), Err(Panicked("any text".to_owned())), Ok(7)], results);
}

/// After panics there may still be `limit` calls at once.
#[lab::test(clock = real, rejects(M24), read = "What a dead worker costs")]
async fn panics_do_not_lower_the_limit() {
    let journal = Journal::new();
    let (meeting, _awaited) = Rendezvous::of(2, "calls of `f` at the same time: `limit` is 2, and 4 other calls panic");
    let calls = {
        let journal = journal.clone();
        run_blocking((0..6).collect(), limit(2), move |item: usize| {
            let _span = journal.begin(format_args!("item {item}"));
            if item < 4 {
                panics::inject("one of the first four");
            }
            meeting.meet_blocking();
            item
        })
    };
    let results = calls.await;
    let panicked = || Err(Panicked("one of the first four".to_owned()));
    expect_eq("the results", vec![panicked(), panicked(), panicked(), panicked(), Ok(4), Ok(5)], results);
}

/// Without items there is an empty vector, and no call.
#[lab::test(clock = real, rejects(M31), read = "How many workers?")]
async fn no_items_mean_no_call() {
    let results =
        run_blocking(Vec::new(), limit(3), |_: u32| -> u32 { fail("no call, there being no items", "a call") });
    expect_eq("results without items", 0, results.await.len());
}

/// `limit` may be larger than the number of items.
#[lab::test(clock = real, rejects(), read = "How many workers?")]
async fn the_limit_may_be_larger_than_the_number_of_items() {
    let results = run_blocking(vec![1, 2, 3], limit(50), |item: u32| item * 10).await;
    expect_eq("the results", vec![Ok(10), Ok(20), Ok(30)], results);
}

/// `f` is called once for each item, however many there are.
#[lab::test(clock = real, rejects(M04), read = "A result for every job")]
async fn there_may_be_far_more_items_than_the_limit() {
    let calls = Arc::new(Mutex::new(Vec::new()));
    let results = {
        let calls = calls.clone();
        run_blocking((0..500).collect(), limit(4), move |item: usize| {
            lock(&calls).push(item);
            item
        })
    };
    let results = results.await;
    lock(&calls).sort_unstable();
    expect_eq("the items that `f` was called for", (0..500).collect::<Vec<_>>(), lock(&calls).clone());
    expect_eq("the results", (0..500).map(Ok).collect::<Vec<_>>(), results);
}

/// If the future is dropped, calls that have not been handed to a thread never begin.
#[lab::test(clock = real, rejects(M19, M36), read = "A permit is a value")]
async fn a_dropped_future_begins_no_further_call() {
    let (journal, gate, ended) = (Journal::new(), gate(), open_gate());
    let calls = {
        let (journal, gate, ended) = (journal.clone(), gate.clone(), ended.clone());
        run_blocking((0..6).collect(), limit(2), move |item: usize| {
            let span = journal.begin(format_args!("item {item}"));
            gate.pass_blocking();
            drop(span);
            ended.pass_blocking();
        })
    };
    let arrivals = calls_inside(&gate, 2, "calls of `f` at the same time: `limit` is 2, and there are 6 items");
    let watching = async {
        arrivals.await;
        settle_threads().await;
    };
    drop_when(calls, watching).await;
    gate.open();
    ended.arrivals(2, "calls that were running to end, the future having been dropped").await;
    // What has ended may be followed by something else, and that by more.
    settle_threads().await;
    settle_threads().await;
    let begun = journal.begun().len();
    if begun > 2 {
        journal.fail(
            "2 calls of `f` in all: they were running when the future was dropped, and no other begins",
            format_args!("{begun} calls"),
        );
    }
}

/// Soon after the return `f` has been dropped.
#[lab::test(clock = real, rejects(M01), read = "Closing by dropping")]
async fn f_is_dropped_soon_after_the_return() {
    let gone = open_gate();
    let announced = AnnouncedDrop(gone.clone());
    let results = run_blocking(vec![1, 2, 3], limit(2), move |item: u32| {
        let _ = &announced;
        item
    });
    expect_eq("the results", vec![Ok(1), Ok(2), Ok(3)], results.await);
    gone.arrivals(1, "drop of `f`, all results having been returned").await;
}

/// A value that passes an open gate when it is dropped.
struct AnnouncedDrop(Gate);

impl Drop for AnnouncedDrop {
    fn drop(&mut self) {
        self.0.pass_blocking();
    }
}

/// Completes when `count` calls have arrived at the gate. `what` completes the sentence "expected 3 …".
fn calls_inside(gate: &Gate, count: usize, what: &str) -> impl Future<Output = ()> + use<> {
    let arrivals = gate.arrivals(count, what);
    let counted = gate.clone();
    // On a hang this explains more than the gate can: all may be there, and the test not get to know.
    let awaited = awaiting(format!("{count} {what}"), move || match counted.arrived() {
        arrived if arrived < count => arrived.to_string(),
        arrived => format!("{arrived}, but the runtime's thread waits with them, so that no other task gets its turn"),
    });
    async move {
        arrivals.await;
        drop(awaited);
    }
}

/// Drops the future of `run_blocking` when the other has completed.
async fn drop_when<T>(calls: impl Future<Output = Vec<T>>, moment: impl Future<Output = ()>) {
    tokio::select! {
        results = calls => {
            fail("`run_blocking` waits for the calls that stand at the gate", format_args!("{} results", results.len()))
        }
        () = moment => {}
    }
}

/// A call that stands at the gate and gives back its item.
fn at_the_gate(journal: &Journal, gate: &Gate) -> impl Fn(usize) -> usize + Send + Sync + 'static {
    let (journal, gate) = (journal.clone(), gate.clone());
    move |item| {
        let _span = journal.begin(format_args!("item {item}"));
        gate.pass_blocking();
        item
    }
}

/// A gate that opens when the test ends, however it ends, so that no call is left standing before it.
struct TestGate(Gate);

impl Deref for TestGate {
    type Target = Gate;

    fn deref(&self) -> &Gate {
        &self.0
    }
}

impl Drop for TestGate {
    fn drop(&mut self) {
        self.0.open();
    }
}

/// A gate that lets nobody through before the test says so.
fn gate() -> TestGate {
    TestGate(Gate::closed())
}

/// A gate that stands open and only counts who passes.
fn open_gate() -> Gate {
    let gate = Gate::closed();
    gate.open();
    gate
}

/// Returns when everything has happened that can happen without the test's help: the runtime had nothing more to do,
/// then every thread had nothing more to do, and the runtime has heard of that.
async fn settle_threads() {
    let turns = || async {
        for _ in 0..50 {
            yield_now().await;
        }
    };
    turns().await;
    quiesce();
    turns().await;
}

fn limit(count: usize) -> NonZeroUsize {
    NonZeroUsize::new(count).expect("tests ask for at least one")
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
