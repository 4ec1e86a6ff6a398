//! The contract of `publish-flag` under every schedule, and in every order that the memory model allows.

use std::sync::Arc;
use std::thread;

use lab::prelude::*;

use crate::publish_flag::Published;

/// A reader sees nothing or the whole pair, however far the publisher has come.
#[model::test(rejects(M64, M65), read = "Release and acquire")]
fn a_reader_sees_nothing_or_the_whole_pair() {
    let cell = Published::new();
    thread::scope(|scope| {
        scope.spawn(|| cell.publish(3, 4));
        if let Some(pair) = cell.read() {
            expect_eq("`read` beside `publish(3, 4)`, if it returns a pair", (3, 4), pair);
        }
    });
    expect_eq("`read` when the publisher has ended", Some((3, 4)), cell.read());
}

/// Whoever has read the pair reads it ever after, whatever others try to publish.
#[model::test(rejects(), read = "One flag for two words")]
fn a_pair_stays_while_others_come_too_late() {
    let cell = Published::new();
    cell.publish(3, 4);
    thread::scope(|scope| {
        scope.spawn(|| expect_eq("`publish(5, 6)` after `publish(3, 4)`", false, cell.publish(5, 6)));
        expect_eq("`read` after `publish(3, 4)`, beside a late publisher", Some((3, 4)), cell.read());
    });
    expect_eq("`read` when the late publisher has ended", Some((3, 4)), cell.read());
}

/// Exactly one of two publishers is told `true`, and its pair is the one that is read.
#[model::test(rejects(M63, M65), read = "A data race is not a race condition")]
fn of_two_publishers_one_is_first() {
    let cell = Published::new();
    let (this, that) = thread::scope(|scope| {
        let that = scope.spawn(|| publish_and_read(&cell, (5, 6)));
        let this = publish_and_read(&cell, (3, 4));
        (this, that.join().expect("the other publisher returns"))
    });
    let winner = match (this, that) {
        (true, false) => (3, 4),
        (false, true) => (5, 6),
        _ => fail("`true` to one of `publish(3, 4)` and `publish(5, 6)`", format_args!("{this} and {that}")),
    };
    expect_eq("`read` after both: the pair of the one that was told `true`", Some(winner), cell.read());
}

/// Publishes, and if that was the first publication looks at it at once.
fn publish_and_read(cell: &Published, (a, b): (u64, u64)) -> bool {
    let first = cell.publish(a, b);
    if first {
        expect_eq("`read` by a publisher that was told `true`: its own pair", Some((a, b)), cell.read());
    }
    first
}

/// A reader that has seen the pair does not see it vanish or change.
#[model::test(rejects(M64, M65), read = "Release and acquire")]
fn what_was_read_once_is_read_again() {
    let cell = Published::new();
    thread::scope(|scope| {
        scope.spawn(|| cell.publish(3, 4));
        scope.spawn(|| cell.publish(5, 6));
        if let Some(pair) = cell.read() {
            let whole = pair == (3, 4) || pair == (5, 6);
            expect(whole, "a pair that was published as one: (3, 4) or (5, 6)", format_args!("{pair:?}"));
            expect_eq("`read` once more", Some(pair), cell.read());
        }
    });
}

/// If a publisher is stopped at any point, `read` and `publish` on other threads still return.
#[model::test(rejects(M66), read = "One flag for two words")]
fn a_stopped_publisher_holds_up_nobody() {
    let cell = Arc::new(Published::new());
    let stopped = cell.clone();
    // Not joined: it may never come to its end.
    thread::spawn(move || model::may_stop(|| stopped.publish(3, 4)));
    let (before, first, after) = (cell.read(), cell.publish(5, 6), cell.read());
    for pair in [before, after].into_iter().flatten() {
        let whole = pair == (3, 4) || pair == (5, 6);
        expect(whole, "`read` returns nothing, (3, 4) or (5, 6)", format_args!("{pair:?}"));
    }
    if first {
        expect_eq("`read` after `publish(5, 6)` was told `true`", Some((5, 6)), after);
    }
}

/// A caller without rivals is the first, also where a weak exchange fails for no reason.
#[model::test(rejects(), read = "What each instrument sees", spurious)]
fn a_publisher_without_rivals_is_first() {
    let cell = Published::new();
    expect_eq("`publish(3, 4)` on a new cell", true, cell.publish(3, 4));
    expect_eq("`read` after it", Some((3, 4)), cell.read());
}
