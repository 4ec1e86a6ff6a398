//! What the contract of `guard-lifetimes` promises, clause by clause: as much of it as a single thread can see. What
//! several threads do to each other is in `model.rs`.

use std::thread;

use lab::prelude::*;

use crate::guard_lifetimes::Registry;

/// A touch returns how often its name has been touched, this time included.
#[lab::test(rejects(), read = "The guard in the head")]
fn a_touch_returns_the_count_of_its_name() {
    let registry = Registry::new(&["ann", "bob"]);
    for (name, count) in [("ann", 1), ("ann", 2), ("bob", 1), ("ann", 3)] {
        expect_touch(&registry, name, count);
    }
}

/// The first touch of a new name registers it, and counts.
#[lab::test(rejects(M57), read = "The guard in the head")]
fn the_first_touch_registers_its_name() {
    let registry = Registry::new(&["ann"]);
    // Any text is a name, the empty one as well.
    for (name, count) in [("zoe", 1), ("zoe", 2), ("", 1), ("", 2), ("ann", 1)] {
        expect_touch(&registry, name, count);
    }
}

/// A promotion returns the new level of its name, which is one more than before.
#[lab::test(rejects(M56), read = "Read, then write")]
fn a_promotion_returns_the_level_of_its_name() {
    let registry = Registry::new(&["ann", "bob"]);
    for (name, level) in [("ann", 1), ("ann", 2), ("bob", 1), ("ann", 3)] {
        expect_promote(&registry, name, Some(level));
    }
}

/// A promotion of a name that is not registered is `None`, and registers nobody.
#[lab::test(rejects(), read = "Read, then write")]
fn a_promotion_of_nobody_changes_nothing() {
    let registry = Registry::new(&["ann"]);
    expect_promote(&registry, "bob", None);
    expect_promote(&registry, "bob", None);
    expect_rename(&registry, "bob", "zoe", false);
    expect_promote(&registry, "ann", Some(1));
}

/// An entry that is renamed keeps its touches and its level; the old name is free again.
#[lab::test(rejects(M57), read = "The guard in the head")]
fn a_rename_keeps_touches_and_level() {
    let registry = Registry::new(&["ann"]);
    registry.touch("ann");
    registry.touch("ann");
    registry.promote("ann");
    expect_rename(&registry, "ann", "zoe", true);
    expect_touch(&registry, "zoe", 3);
    expect_promote(&registry, "zoe", Some(2));
    expect_promote(&registry, "ann", None);
    expect_touch(&registry, "ann", 1);
}

/// Any name can become any other, also where both are guarded by the same lock.
#[lab::test(rejects(M60), read = "The same lock twice")]
fn any_name_can_become_any_other() {
    // So many that they cannot all have a lock of their own, if locks are dealt out by name.
    let names: Vec<String> = (0..40).map(|number| format!("name {number}")).collect();
    for from in &names {
        let registry = Registry::new(&[from]);
        for to in names.iter().filter(|to| *to != from) {
            expect_rename(&registry, from, to, true);
            expect_rename(&registry, to, from, true);
        }
    }
}

/// An entry can be renamed to the name it has: that is done, and changes nothing.
#[lab::test(rejects(M60), read = "The same lock twice")]
fn an_entry_can_be_renamed_to_its_own_name() {
    let registry = Registry::new(&["ann"]);
    registry.touch("ann");
    registry.promote("ann");
    expect_rename(&registry, "ann", "ann", true);
    expect_touch(&registry, "ann", 2);
    expect_promote(&registry, "ann", Some(2));
}

/// A rename of a name that is not registered is not done, and changes nothing.
#[lab::test(rejects(), read = "The same lock twice")]
fn a_rename_of_nobody_changes_nothing() {
    let registry = Registry::new(&["ann"]);
    registry.touch("ann");
    expect_rename(&registry, "bob", "zoe", false);
    expect_rename(&registry, "bob", "bob", false);
    expect_rename(&registry, "bob", "ann", false);
    // None of these calls has registered anybody.
    expect_rename(&registry, "zoe", "max", false);
    expect_rename(&registry, "bob", "max", false);
    expect_touch(&registry, "ann", 2);
}

/// A rename to a name that belongs to another entry is not done, and changes nothing.
#[lab::test(rejects(), read = "The same lock twice")]
fn a_rename_to_a_taken_name_changes_nothing() {
    let registry = Registry::new(&["ann", "bob"]);
    registry.touch("ann");
    registry.touch("bob");
    registry.touch("bob");
    expect_rename(&registry, "ann", "bob", false);
    expect_touch(&registry, "ann", 2);
    expect_touch(&registry, "bob", 3);
}

/// `new` registers each name once, untouched and at level 0.
#[lab::test(rejects(), read = "A sum is a moment")]
fn new_registers_each_name_once_and_untouched() {
    let registry = Registry::new(&["bob", "ann", "bob"]);
    expect_report(&registry, "names 2, touches 0, promotions 0; ann 0/0; bob 0/0");
}

/// A report tells what was done: names, touches and promotions in all, and of each name.
#[lab::test(rejects(), read = "A sum is a moment")]
fn a_report_tells_what_was_done() {
    let registry = Registry::new(&["bob", "ann"]);
    registry.touch("ann");
    registry.touch("zoe");
    registry.touch("zoe");
    registry.promote("zoe");
    registry.promote("ann");
    registry.promote("zoe");
    registry.rename("ann", "max");
    expect_report(&registry, "names 3, touches 3, promotions 3; bob 0/0; max 1/1; zoe 2/2");
    // What is not done does not count.
    registry.rename("ann", "eve");
    registry.rename("max", "zoe");
    registry.promote("ann");
    registry.rename("max", "max");
    expect_report(&registry, "names 3, touches 3, promotions 3; bob 0/0; max 1/1; zoe 2/2");
}

/// A report lists its entries in the order of their names.
#[lab::test(rejects(), read = "A sum is a moment")]
fn a_report_sorts_by_name() {
    let names: Vec<String> = (0..30).map(|number| format!("name {:02}", (7 * number) % 30)).collect();
    let registry = Registry::new(&names.iter().map(String::as_str).collect::<Vec<_>>());
    let entries: String = (0..30).map(|number| format!("; name {number:02} 0/0")).collect();
    expect_report(&registry, &format!("names 30, touches 0, promotions 0{entries}"));
}

/// A registry without names has a report, too.
#[lab::test(rejects(), read = "A sum is a moment")]
fn an_empty_registry_has_a_report() {
    expect_report(&Registry::new(&[]), "names 0, touches 0, promotions 0");
}

/// Threads can share a registry.
#[lab::test(rejects(M91), read = "A data race is not a race condition")]
fn threads_can_share_a_registry() {
    let registry = Registry::new(&["ann"]);
    is_send(&registry);
    is_sync(&registry);
    thread::scope(|scope| {
        scope.spawn(|| expect_touch(&registry, "ann", 1));
    });
    expect_touch(&registry, "ann", 2);
}

fn expect_touch(registry: &Registry, name: &str, count: u64) {
    expect_eq(&format!("what `touch({name:?})` returns"), count, registry.touch(name));
}

fn expect_rename(registry: &Registry, from: &str, to: &str, done: bool) {
    expect_eq(&format!("what `rename({from:?}, {to:?})` returns"), done, registry.rename(from, to));
}

fn expect_promote(registry: &Registry, name: &str, level: Option<u32>) {
    expect_eq(&format!("what `promote({name:?})` returns"), level, registry.promote(name));
}

fn expect_report(registry: &Registry, report: &str) {
    expect_eq("the report", report, registry.report());
}
