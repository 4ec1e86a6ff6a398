//! What the contract of `peak-gauge` promises, clause by clause.

use std::panic::resume_unwind;
use std::thread;

use lab::prelude::*;

use crate::peak_gauge::{GaugeGuard, PeakGauge};

/// `current` counts the live guards, also several of one thread, whichever leaves first.
#[lab::test(rejects(), read = "One word, one instruction")]
fn current_counts_the_live_guards() {
    let gauge = PeakGauge::new();
    let first = gauge.enter();
    expect_eq("`current` with one live guard", 1, gauge.current());
    let second = gauge.enter();
    expect_eq("`current` with two live guards of one thread", 2, gauge.current());
    drop(first);
    expect_eq("`current` when the first of two guards has left", 1, gauge.current());
    drop(second);
    expect_eq("`current` when both guards have left", 0, gauge.current());
}

/// `peak` is the largest number of guards that ever lived at once, and never falls.
#[lab::test(rejects(), read = "One word, one instruction")]
fn the_peak_stays_when_guards_leave() {
    let gauge = PeakGauge::new();
    drop([gauge.enter(), gauge.enter(), gauge.enter()]);
    expect_eq("`peak` when three guards have lived at once and left", 3, gauge.peak());
    let _again = [gauge.enter(), gauge.enter()];
    expect_eq("`peak` when there were three and now are two", 3, gauge.peak());
    let _more = [gauge.enter(), gauge.enter()];
    expect_eq("`peak` when there were three and now are four", 4, gauge.peak());
}

/// Guards that take turns do not add up.
#[lab::test(rejects(), read = "One word, one instruction")]
fn guards_that_take_turns_leave_a_peak_of_one() {
    let gauge = PeakGauge::new();
    for _ in 0..3 {
        drop(gauge.enter());
    }
    expect_eq("`peak` after three guards, one after the other", 1, gauge.peak());
    expect_eq("`current` after three guards, one after the other", 0, gauge.current());
}

/// When `enter` returns, `current` and `peak` know of its guard.
#[lab::test(rejects(), read = "Two atomics are not one state")]
fn the_peak_is_raised_by_entering() {
    let gauge = PeakGauge::new();
    let mut guards = Vec::new();
    for count in 1..=3 {
        guards.push(gauge.enter());
        expect_eq(&format!("`peak` while the first {count} live"), count, gauge.peak());
        expect_eq(&format!("`current` while the first {count} live"), count, gauge.current());
    }
}

/// Threads hold guards at the same time; nobody waits for a guard to leave.
#[lab::test(rejects(M91), read = "One word, one instruction")]
fn threads_hold_guards_at_the_same_time() {
    let journal = Journal::new();
    let gauge = PeakGauge::new();
    let (inside, _awaited) = Rendezvous::of(4, "guards held at the same time, one per thread");
    // Nobody leaves before everybody has looked.
    let (looked, _looking) = Rendezvous::of(4, "threads that have read `current` and `peak`");
    let seen: Vec<(usize, usize)> = thread::scope(|scope| {
        let threads = [1, 2, 3, 4].map(|number| {
            let (journal, gauge, inside, looked) = (&journal, &gauge, &inside, &looked);
            scope.spawn(move || {
                let _guard = gauge.enter();
                let _span = journal.begin(format_args!("thread {number} inside"));
                inside.meet_blocking();
                let seen = (gauge.current(), gauge.peak());
                looked.meet_blocking();
                seen
            })
        });
        threads.into_iter().map(|thread| thread.join().unwrap_or_else(|payload| resume_unwind(payload))).collect()
    });
    expect_eq("`current` and `peak` as each of 4 threads sees them while all are inside", vec![(4, 4); 4], seen);
    expect_eq("`current` and `peak` when all 4 threads have left", (0, 4), (gauge.current(), gauge.peak()));
}

/// A guard leaves by a panic just as well.
#[lab::test(rejects(), read = "A permit is given back by dropping")]
fn a_panic_leaves_too() {
    let gauge = PeakGauge::new();
    let panicked = panics::catch(|| {
        let _guards = [gauge.enter(), gauge.enter()];
        panics::inject("the guarded section had a problem")
    });
    expect(panicked.is_err(), "the panic of the guarded section passed on", "no panic");
    expect_eq("`current` and `peak` after two guards ended in a panic", (0, 2), (gauge.current(), gauge.peak()));
    let _guard = gauge.enter();
    expect_eq("`current` and `peak` of the next one inside", (1, 2), (gauge.current(), gauge.peak()));
}

/// A guard may leave on another thread than the one that entered.
#[lab::test(rejects(), read = "A permit is given back by dropping")]
fn a_guard_may_leave_on_another_thread() {
    let gauge = PeakGauge::new();
    let (stays, goes) = (gauge.enter(), gauge.enter());
    let left = thread::scope(|scope| scope.spawn(move || drop(goes)).join());
    expect(left.is_ok(), "a guard dropped on another thread", "a panic there");
    expect_eq("`current` when one of two guards has left elsewhere", 1, gauge.current());
    drop(stays);
    let from_elsewhere: Option<GaugeGuard<'_>> = thread::scope(|scope| scope.spawn(|| gauge.enter()).join().ok());
    expect_eq("`current` with a guard that entered on a thread now gone", 1, gauge.current());
    drop(from_elsewhere);
    expect_eq("`current` and `peak` when all have left", (0, 2), (gauge.current(), gauge.peak()));
}

/// Each gauge counts for itself, from 0; `default()` is the same as `new()`.
#[lab::test(rejects(), read = "One word, one instruction")]
fn each_gauge_counts_for_itself() {
    let (busy, idle, default) = (PeakGauge::new(), PeakGauge::new(), PeakGauge::default());
    expect_eq("`current` and `peak` of a new gauge", (0, 0), (busy.current(), busy.peak()));
    let _guards = [busy.enter(), busy.enter()];
    expect_eq("`current` and `peak` of a gauge beside a busy one", (0, 0), (idle.current(), idle.peak()));
    expect_eq("`current` and `peak` of a default gauge", (0, 0), (default.current(), default.peak()));
    let _guard = default.enter();
    expect_eq("`current` and `peak` of it after one `enter`", (1, 1), (default.current(), default.peak()));
}

/// Up to 10 000 guards live at once, and any number of them over time.
#[lab::test(rejects(), read = "One word, one instruction")]
fn thousands_live_at_once_and_more_over_time() {
    let gauge = PeakGauge::new();
    let guards: Vec<GaugeGuard<'_>> = (0..10_000).map(|_| gauge.enter()).collect();
    expect_eq("`current` and `peak` with 10 000 live guards", (10_000, 10_000), (gauge.current(), gauge.peak()));
    drop(guards);
    // More than fit into 16 bits.
    for _ in 0..70_000 {
        drop(gauge.enter());
    }
    expect_eq("`current` and `peak` after 70 000 more in turn", (0, 10_000), (gauge.current(), gauge.peak()));
}
