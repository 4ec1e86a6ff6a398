//! The contract of `peak-gauge` under every schedule.

use std::thread;

use lab::prelude::*;

use crate::peak_gauge::PeakGauge;

/// Two threads that both hold a guard leave a peak of at least 2, whoever entered first.
#[model::test(rejects(M63, M65), read = "Two atomics are not one state")]
fn two_threads_inside_leave_a_peak_of_two() {
    let gauge = PeakGauge::new();
    thread::scope(|scope| {
        let other = scope.spawn(|| gauge.enter());
        let _mine = gauge.enter();
        let _theirs = other.join().expect("the other thread has entered");
        expect_eq("`current` while two threads hold a guard", 2, gauge.current());
        expect_eq("`peak` while two threads hold a guard", 2, gauge.peak());
    });
}

/// `current` never returns a number that was not true at any moment.
#[model::test(rejects(M65), read = "Two atomics are not one state")]
fn guards_in_turn_are_never_seen_together() {
    let gauge = PeakGauge::new();
    thread::scope(|scope| {
        scope.spawn(|| {
            drop(gauge.enter());
            drop(gauge.enter());
        });
        let seen = gauge.current();
        expect(seen <= 1, "a `current` of 0 or 1: there is one thread that enters, and it takes turns", seen);
    });
    expect_eq("`peak` after two guards in turn", 1, gauge.peak());
}

/// Once no `enter` is under way, `peak` is at least every value that `current` returned.
#[model::test(rejects(M63), read = "Two atomics are not one state")]
fn the_peak_covers_every_value_that_current_returned() {
    let gauge = PeakGauge::new();
    thread::scope(|scope| {
        let mine = gauge.enter();
        let other = scope.spawn(|| drop(gauge.enter()));
        let seen = gauge.current();
        drop(mine);
        other.join().expect("the other thread has entered and left");
        let peak = gauge.peak();
        expect(peak >= seen, format_args!("a peak of at least {seen}, which `current` had returned"), peak);
    });
}

/// When everybody has left, `current` is 0, however entering and leaving took turns.
#[model::test(rejects(M63), read = "One word, one instruction")]
fn everybody_who_entered_has_left() {
    let gauge = PeakGauge::new();
    let (mine, theirs) = (gauge.enter(), gauge.enter());
    thread::scope(|scope| {
        scope.spawn(move || drop(theirs));
        drop(mine);
        drop(gauge.enter());
    });
    expect_eq("`current` when two threads have left", 0, gauge.current());
}

/// Three threads that all hold a guard leave a peak of 3.
#[model::test(rejects(M63), read = "One word, one instruction")]
fn three_threads_inside_leave_a_peak_of_three() {
    let gauge = PeakGauge::new();
    thread::scope(|scope| {
        let others = [scope.spawn(|| gauge.enter()), scope.spawn(|| gauge.enter())];
        let _mine = gauge.enter();
        let _theirs = others.map(|other| other.join().expect("the other thread has entered"));
        expect_eq("`peak` while three threads hold a guard", 3, gauge.peak());
    });
}
