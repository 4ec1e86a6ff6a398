//! What the contract of `publish-flag` promises, clause by clause.

use std::panic::resume_unwind;
use std::thread;

use lab::prelude::*;

use crate::publish_flag::Published;

/// Until a publication is complete, `read` is `None`; it does not wait for one.
#[lab::test(rejects(), read = "Release and acquire")]
fn nothing_is_read_before_a_publication() {
    let cell = Published::new();
    expect_eq("`read` of a new cell", None, cell.read());
    expect_eq("`read` of a new cell, once more", None, cell.read());
}

/// `publish` returns `true` to a caller without rivals, and the pair stays for all who read.
#[lab::test(rejects(), read = "Release and acquire")]
fn a_published_pair_stays() {
    let cell = Published::new();
    expect_eq("`publish(3, 4)` on a new cell", true, cell.publish(3, 4));
    for time in 1..=3 {
        expect_eq(&format!("`read` number {time} after `publish(3, 4)`"), Some((3, 4)), cell.read());
    }
}

/// Who comes late gets `false` and changes nothing.
#[lab::test(rejects(), read = "A data race is not a race condition")]
fn a_late_publisher_changes_nothing() {
    let cell = Published::new();
    expect_eq("`publish(3, 4)` on a new cell", true, cell.publish(3, 4));
    expect_eq("`publish(5, 6)` after it", false, cell.publish(5, 6));
    expect_eq("`read` after both", Some((3, 4)), cell.read());
    expect_eq("`publish(7, 8)` after these", false, cell.publish(7, 8));
    expect_eq("`read` after all three", Some((3, 4)), cell.read());
}

/// Any two words can be published: zeros and `u64::MAX` are numbers like others.
#[lab::test(rejects(), read = "One flag for two words")]
fn any_pair_can_be_published() {
    const MAX: u64 = u64::MAX;
    for (a, b) in [(0, 0), (0, 1), (1, 0), (MAX, MAX), (MAX, 0), (MAX - 1, 1 << 63), (1 << 32, 1 << 31)] {
        let cell = Published::new();
        expect_eq(&format!("`publish({a}, {b})` on a new cell"), true, cell.publish(a, b));
        expect_eq(&format!("`read` after `publish({a}, {b})`"), Some((a, b)), cell.read());
        expect_eq(&format!("`publish(5, 6)` after `publish({a}, {b})`"), false, cell.publish(5, 6));
        expect_eq(&format!("`read` after `publish({a}, {b})` and `publish(5, 6)`"), Some((a, b)), cell.read());
    }
}

/// A second publication of the same pair is a second one, and too late.
#[lab::test(rejects(), read = "A data race is not a race condition")]
fn the_same_pair_again_is_too_late() {
    let cell = Published::new();
    expect_eq("`publish(3, 4)` on a new cell", true, cell.publish(3, 4));
    expect_eq("`publish(3, 4)` once more", false, cell.publish(3, 4));
    expect_eq("`read` after both", Some((3, 4)), cell.read());
}

/// What one thread has published, all threads read that have heard of it.
#[lab::test(rejects(), read = "Release and acquire")]
fn threads_that_take_turns_read_the_first_pair() {
    let cell = Published::new();
    for turn in 0..4 {
        let (won, seen) = on_a_thread(|| (cell.publish(turn, turn + 1), cell.read()));
        expect_eq(&format!("`publish({turn}, {})` on thread {turn}, after those before", turn + 1), turn == 0, won);
        expect_eq(&format!("`read` on thread {turn}"), Some((0, 1)), seen);
    }
    expect_eq("`read` on the thread that made the cell", Some((0, 1)), cell.read());
}

/// Runs `call` on a thread of its own and waits for its end.
fn on_a_thread<R: Send>(call: impl FnOnce() -> R + Send) -> R {
    thread::scope(|scope| scope.spawn(call).join()).unwrap_or_else(|payload| resume_unwind(payload))
}

/// Each cell is published for itself.
#[lab::test(rejects(), read = "One flag for two words")]
fn each_cell_is_published_for_itself() {
    let (one, other, third) = (Published::new(), Published::new(), Published::new());
    expect_eq("`publish(3, 4)` on one cell", true, one.publish(3, 4));
    expect_eq("`read` of another cell", None, other.read());
    expect_eq("`publish(5, 6)` on that other cell", true, other.publish(5, 6));
    let seen = [one.read(), other.read(), third.read()];
    expect_eq("`read` of both and of a third", [Some((3, 4)), Some((5, 6)), None], seen);
}
