//! What the contract of `guard-lifetimes` promises under every schedule: each method alone, and each pair of them.
//!
//! First, every call returns. Then, every call is one step: two calls that overlap may have only two outcomes, that of
//! the one before the other, and that of the other before the one. The tests list both.

use std::fmt::Debug;
use std::thread;

use lab::prelude::*;

use crate::guard_lifetimes::Registry;

/// The first touch of a name returns: it does not wait for its own lock.
#[model::test(rejects(M57), read = "The guard in the head")]
fn the_first_touch_of_a_name_returns() {
    let registry = Registry::new(&[]);
    expect_eq("what `touch(\"ann\")` returns", 1, registry.touch("ann"));
}

/// A rename returns: it does not wait for its own lock.
#[model::test(rejects(M57), read = "The guard in the head")]
fn a_rename_returns() {
    let registry = Registry::new(&["ann"]);
    expect_eq("what `rename(\"ann\", \"zoe\")` returns", true, registry.rename("ann", "zoe"));
}

/// A promotion returns: it does not wait for its own lock.
#[model::test(rejects(M56), read = "Read, then write")]
fn a_promotion_returns() {
    let registry = Registry::new(&["ann"]);
    expect_eq("what `promote(\"ann\")` returns", Some(1), registry.promote("ann"));
}

/// A report returns: it does not wait for its own lock.
#[model::test(rejects(), read = "The same lock twice")]
fn a_report_returns() {
    let registry = Registry::new(&["ann"]);
    expect_eq("the report", "names 1, touches 0, promotions 0; ann 0/0", registry.report());
}

/// A touch and a rename at the same time both return.
#[model::test(rejects(M59), read = "One order for all locks")]
fn a_touch_and_a_rename_both_return() {
    let registry = Registry::new(&["ann"]);
    both(|| registry.touch("zoe"), || registry.rename("ann", "bob"));
}

/// A touch and a promotion at the same time both return.
#[model::test(rejects(M59), read = "One order for all locks")]
fn a_touch_and_a_promotion_both_return() {
    let registry = Registry::new(&["ann"]);
    both(|| registry.touch("zoe"), || registry.promote("ann"));
}

/// A rename and a promotion at the same time both return.
#[model::test(rejects(M59), read = "One order for all locks")]
fn a_rename_and_a_promotion_both_return() {
    let registry = Registry::new(&["ann"]);
    both(|| registry.rename("ann", "zoe"), || registry.promote("ann"));
}

/// Two renames in opposite directions at the same time both return.
#[model::test(rejects(M59), read = "One order for all locks")]
fn two_renames_in_opposite_directions_both_return() {
    let registry = Registry::new(&["ann"]);
    both(|| registry.rename("ann", "zoe"), || registry.rename("zoe", "ann"));
}

/// A report and a touch at the same time both return.
#[model::test(rejects(M59), read = "One order for all locks")]
fn a_report_and_a_touch_both_return() {
    let registry = Registry::new(&["ann"]);
    both(|| registry.touch("zoe"), || registry.report());
}

/// A report and a rename at the same time both return.
#[model::test(rejects(M59), read = "One order for all locks")]
fn a_report_and_a_rename_both_return() {
    let registry = Registry::new(&["ann"]);
    both(|| registry.rename("ann", "zoe"), || registry.report());
}

/// A report and a promotion at the same time both return.
#[model::test(rejects(M58), read = "Two read locks on one thread")]
fn a_report_and_a_promotion_both_return() {
    let registry = Registry::new(&["ann"]);
    both(|| registry.promote("ann"), || registry.report());
}

/// Touches of a registered name are all counted, and each returns a count of its own.
#[model::test(rejects(M55), read = "A data race is not a race condition")]
fn touches_of_a_known_name_are_all_counted() {
    let registry = Registry::new(&["ann"]);
    let (one, other) = both(|| registry.touch("ann"), || registry.touch("ann"));
    expect_one_of(
        "what two touches of \"ann\" at the same time return, and a third after them",
        &[((1, 2, 3), "if one comes first"), ((2, 1, 3), "if the other does")],
        (one, other, registry.touch("ann")),
    );
}

/// Two first touches of a name make one entry, and both are counted.
#[model::test(rejects(M55), read = "A data race is not a race condition")]
fn two_first_touches_make_one_entry() {
    let registry = Registry::new(&[]);
    let (one, other) = both(|| registry.touch("ann"), || registry.touch("ann"));
    expect_one_of(
        "what the first two touches of \"ann\", at the same time, return, and a third after them",
        &[((1, 2, 3), "if one comes first"), ((2, 1, 3), "if the other does")],
        (one, other, registry.touch("ann")),
    );
}

/// A name that has been touched can be promoted, whoever else touches it for the first time.
#[model::test(rejects(M55), read = "A data race is not a race condition")]
fn a_name_that_was_touched_can_be_promoted() {
    let registry = Registry::new(&[]);
    let (one, (other, level)) = both(|| registry.touch("ann"), || (registry.touch("ann"), registry.promote("ann")));
    expect_one_of(
        "what `touch(\"ann\")` returns, and beside it `touch(\"ann\")` and then `promote(\"ann\")`",
        &[((1, 2, Some(1)), "if the touch alone comes first"), ((2, 1, Some(1)), "if the other does")],
        (one, other, level),
    );
}

/// A touch is not lost when its name is renamed at the same time.
#[model::test(rejects(M55), read = "A data race is not a race condition")]
fn a_touch_is_not_lost_in_a_rename() {
    let registry = Registry::new(&["ann"]);
    let (count, done) = both(|| registry.touch("ann"), || registry.rename("ann", "zoe"));
    expect_one_of(
        "what `touch(\"ann\")` and `rename(\"ann\", \"zoe\")` return, and further touches of ann and of zoe",
        &[((1, true, 1, 2), "if the touch comes first"), ((1, true, 2, 1), "if the rename does")],
        (count, done, registry.touch("ann"), registry.touch("zoe")),
    );
}

/// A rename does not overwrite an entry that is registered at the same time.
#[model::test(rejects(M55), read = "A data race is not a race condition")]
fn a_rename_overwrites_nobody() {
    let registry = Registry::new(&["ann"]);
    let (count, done) = both(|| registry.touch("zoe"), || registry.rename("ann", "zoe"));
    expect_one_of(
        "what `touch(\"zoe\")` and `rename(\"ann\", \"zoe\")` return, a second touch of zoe, and who is registered",
        &[
            ((1, false, 2, vec!["ann", "zoe"]), "if the touch comes first"),
            ((1, true, 2, vec!["zoe"]), "if the rename does"),
        ],
        (count, done, registry.touch("zoe"), registered(&registry)),
    );
}

/// Of two renames of one entry, one is done.
#[model::test(rejects(M55), read = "A data race is not a race condition")]
fn of_two_renames_of_one_entry_one_is_done() {
    let registry = Registry::new(&["ann"]);
    let (one, other) = both(|| registry.rename("ann", "bob"), || registry.rename("ann", "zoe"));
    expect_one_of(
        "what `rename(\"ann\", \"bob\")` and `rename(\"ann\", \"zoe\")` return, and who is registered",
        &[((true, false, vec!["bob"]), "if bob comes first"), ((false, true, vec!["zoe"]), "if zoe does")],
        (one, other, registered(&registry)),
    );
}

/// Of two renames to one name, one is done, and no entry is lost.
#[model::test(rejects(M55), read = "A data race is not a race condition")]
fn of_two_renames_to_one_name_one_is_done() {
    let registry = Registry::new(&["ann", "bob"]);
    let (one, other) = both(|| registry.rename("ann", "zoe"), || registry.rename("bob", "zoe"));
    expect_one_of(
        "what `rename(\"ann\", \"zoe\")` and `rename(\"bob\", \"zoe\")` return, and who is registered",
        &[
            ((true, false, vec!["bob", "zoe"]), "if ann comes first"),
            ((false, true, vec!["ann", "zoe"]), "if bob does"),
        ],
        (one, other, registered(&registry)),
    );
}

/// A promotion is not lost when its name is renamed at the same time.
#[model::test(rejects(M55), read = "A data race is not a race condition")]
fn a_promotion_is_not_lost_in_a_rename() {
    let registry = Registry::new(&["ann"]);
    let (level, done) = both(|| registry.promote("ann"), || registry.rename("ann", "zoe"));
    expect_one_of(
        "what `promote(\"ann\")` and `rename(\"ann\", \"zoe\")` return, and promotions of ann and of zoe after them",
        &[
            ((Some(1), true, None, Some(2)), "if the promotion comes first"),
            ((None, true, None, Some(1)), "if the rename does"),
        ],
        (level, done, registry.promote("ann"), registry.promote("zoe")),
    );
}

/// Levels go up one by one: no two promotions of a name return the same level.
#[model::test(rejects(M55), read = "Read, then write")]
fn levels_go_up_one_by_one() {
    let registry = Registry::new(&["ann"]);
    let (one, other) = both(|| registry.promote("ann"), || registry.promote("ann"));
    expect_one_of(
        "what two promotions of \"ann\" at the same time return, and a third after them",
        &[((Some(1), Some(2), Some(3)), "if one comes first"), ((Some(2), Some(1), Some(3)), "if the other does")],
        (one, other, registry.promote("ann")),
    );
}

/// A report shows no half of a touch: its numbers agree.
#[model::test(rejects(M55), read = "A sum is a moment")]
fn a_report_shows_no_half_of_a_touch() {
    let registry = Registry::new(&["ann"]);
    let (_, report) = both(|| registry.touch("zoe"), || registry.report());
    expect_one_of(
        "a report beside the first touch of \"zoe\"",
        &[
            ("names 1, touches 0, promotions 0; ann 0/0", "before it"),
            ("names 2, touches 1, promotions 0; ann 0/0; zoe 1/0", "after it"),
        ],
        report.as_str(),
    );
}

/// A report shows no half of a rename: the entry once, with its touches and its level.
#[model::test(rejects(M55), read = "A sum is a moment")]
fn a_report_shows_no_half_of_a_rename() {
    let registry = Registry::new(&["ann"]);
    registry.touch("ann");
    registry.promote("ann");
    let (_, report) = both(|| registry.rename("ann", "zoe"), || registry.report());
    expect_one_of(
        "a report beside `rename(\"ann\", \"zoe\")`",
        &[
            ("names 1, touches 1, promotions 1; ann 1/1", "before it"),
            ("names 1, touches 1, promotions 1; zoe 1/1", "after it"),
        ],
        report.as_str(),
    );
}

/// A report shows no half of a promotion: its numbers agree.
#[model::test(rejects(M55), read = "A sum is a moment")]
fn a_report_shows_no_half_of_a_promotion() {
    let registry = Registry::new(&["ann"]);
    let (_, report) = both(|| registry.promote("ann"), || registry.report());
    expect_one_of(
        "a report beside `promote(\"ann\")`",
        &[
            ("names 1, touches 0, promotions 0; ann 0/0", "before it"),
            ("names 1, touches 0, promotions 1; ann 0/1", "after it"),
        ],
        report.as_str(),
    );
}

/// A report shows one moment: not one name before a touch, and another after a later one.
#[model::test(rejects(M65), read = "A sum is a moment")]
fn a_report_shows_one_moment() {
    let registry = Registry::new(&["ann", "bob"]);
    let touches = || ["ann", "bob", "ann"].map(|name| registry.touch(name));
    let (_, report) = both(touches, || registry.report());
    expect_one_of(
        "a report beside touches of ann, of bob, and of ann again",
        &[
            ("names 2, touches 0, promotions 0; ann 0/0; bob 0/0", "before the first"),
            ("names 2, touches 1, promotions 0; ann 1/0; bob 0/0", "after the first"),
            ("names 2, touches 2, promotions 0; ann 1/0; bob 1/0", "after the second"),
            ("names 2, touches 3, promotions 0; ann 2/0; bob 1/0", "after the third"),
        ],
        report.as_str(),
    );
}

/// Two reports at the same time are two whole reports.
#[model::test(rejects(M55), read = "A sum is a moment")]
fn two_reports_do_not_mix() {
    let registry = Registry::new(&["ann"]);
    let reports = both(|| registry.report(), || registry.report());
    let report = "names 1, touches 0, promotions 0; ann 0/0".to_owned();
    expect_eq("two reports at the same time", (report.clone(), report), reports);
}

/// When a registry is dropped, nothing of it is left: a thread of its own ends.
#[model::test(rejects(M13), read = "What each instrument sees")]
fn nothing_of_a_dropped_registry_is_left() {
    let registry = Registry::new(&["ann"]);
    registry.touch("ann");
}

/// Makes two calls at the same time, one on a thread of its own, and returns what they return.
fn both<A: Send, B>(one: impl FnOnce() -> A + Send, other: impl FnOnce() -> B) -> (A, B) {
    thread::scope(|scope| {
        let one = scope.spawn(one);
        let other = other();
        (one.join().expect("no call panics"), other)
    })
}

/// Which of three names are registered: only an entry can be renamed to the name it has.
fn registered(registry: &Registry) -> Vec<&'static str> {
    ["ann", "bob", "zoe"].into_iter().filter(|name| registry.rename(name, name)).collect()
}

/// Ends the test unless what was seen is one of the outcomes that there can be, each with the case that it belongs to.
fn expect_one_of<T: PartialEq + Debug>(what: &str, outcomes: &[(T, &str)], seen: T) {
    let allowed: Vec<String> = outcomes.iter().map(|(outcome, case)| format!("{outcome:?} {case}")).collect();
    let holds = outcomes.iter().any(|(outcome, _)| *outcome == seen);
    expect(holds, format_args!("{what}: {}", allowed.join(", ")), format_args!("{seen:?}"));
}
