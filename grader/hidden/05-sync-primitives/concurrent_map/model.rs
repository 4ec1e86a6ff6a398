//! The contract of `concurrent-map` under every schedule.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Barrier};
use std::thread;

use lab::prelude::*;

use crate::concurrent_map::ConcurrentMap;

/// However calls meet, everybody comes through.
#[model::test(rejects(M59, M68), read = "Whom to wake")]
fn no_mix_of_calls_waits_for_ever() {
    let map = ConcurrentMap::new();
    map.insert("tea", 1);
    thread::scope(|scope| {
        scope.spawn(|| map.remove("tea"));
        scope.spawn(|| map.snapshot());
        map.update("tea", |number| *number += 1);
    });
}

/// A value that two have to clone at the same time.
struct Pair(Arc<Barrier>);

impl Clone for Pair {
    fn clone(&self) -> Self {
        self.0.wait();
        Self(self.0.clone())
    }
}

/// `get`s that waited for an update go on together, and can be inside `clone` at once.
#[model::test(rejects(M69), read = "Whom to wake")]
fn gets_that_waited_go_on_together() {
    let map = ConcurrentMap::new();
    map.insert("tea", Pair(Arc::new(Barrier::new(2))));
    thread::scope(|scope| {
        // The readers are started inside the update, so there is no call left that could stand between them.
        map.update("tea", |_| {
            scope.spawn(|| map.get("tea"));
            scope.spawn(|| map.get("tea"));
        });
    });
}

/// `init` runs once for a missing key, whoever comes first.
#[model::test(rejects(M55, M76), read = "Check and act in one step")]
fn init_runs_once_whoever_comes_first() {
    let map = ConcurrentMap::new();
    let calls = AtomicUsize::new(0);
    let init = || calls.fetch_add(1, Ordering::SeqCst);
    thread::scope(|scope| {
        scope.spawn(|| map.get_or_insert_with("tea", init));
        map.get_or_insert_with("tea", init);
    });
    expect_eq("calls of `init` for one missing key", 1, calls.into_inner());
}

/// Everybody who asks for a missing key gets the same value: the one in the map.
#[model::test(rejects(M55, M76), read = "Everybody misses at once")]
fn everybody_gets_the_value_that_is_in_the_map() {
    let map = ConcurrentMap::new();
    let (one, two) = thread::scope(|scope| {
        let one = scope.spawn(|| map.get_or_insert_with("tea", || 1));
        let two = map.get_or_insert_with("tea", || 2);
        (one.join().expect("nothing panics"), two)
    });
    let kept = map.get("tea").unwrap_or_default();
    expect_eq("what the two callers get, and what is kept", (kept, kept, kept), (one, two, kept));
}

/// Two updates of one value both count.
#[model::test(rejects(M55, M61), read = "Check and act in one step")]
fn no_update_is_lost() {
    let map = ConcurrentMap::new();
    map.insert("tea", 0);
    thread::scope(|scope| {
        scope.spawn(|| map.update("tea", |number| *number += 1));
        map.update("tea", |number| *number += 1);
    });
    expect_eq("the number, after two threads added 1 each", Some(2), map.get("tea"));
}

/// A key whose value is replaced or updated is never missing in between.
#[model::test(rejects(M55, M61), read = "Check and act in one step")]
fn a_replaced_key_is_never_missing() {
    let map = ConcurrentMap::new();
    map.insert("tea", 1);
    let seen = thread::scope(|scope| {
        scope.spawn(|| {
            map.insert("tea", 2);
            map.update("tea", |number| *number = 3);
        });
        map.get("tea")
    });
    expect(
        seen.is_some(),
        "`get` finds 1, 2 or 3 while another thread replaces 1 by 2, and 2 by 3",
        "it finds nothing",
    );
}

/// Every value that is replaced is handed to one caller, also if two replace at once.
#[model::test(rejects(M55), read = "Check and act in one step")]
fn every_replaced_value_is_handed_to_one_caller() {
    let map = ConcurrentMap::new();
    map.insert("tea", 1);
    let (one, two) = thread::scope(|scope| {
        let one = scope.spawn(|| map.insert("tea", 2));
        let two = map.insert("tea", 3);
        (one.join().expect("nothing panics"), two)
    });
    let mut values: Vec<i32> = [one, two, map.get("tea")].into_iter().flatten().collect();
    values.sort_unstable();
    expect_eq("the values replaced by two inserts, and the one that is left", vec![1, 2, 3], values);
}

/// Of two threads that remove a key, one gets the value and the other `None`.
#[model::test(rejects(M55), read = "Check and act in one step")]
fn a_value_is_removed_once() {
    let map = ConcurrentMap::new();
    map.insert("tea", 1);
    let mut removed = thread::scope(|scope| {
        let one = scope.spawn(|| map.remove("tea"));
        let two = map.remove("tea");
        [one.join().expect("nothing panics"), two]
    });
    removed.sort_unstable();
    expect_eq("what two threads get that remove the same key", [None, Some(1)], removed);
}

/// A snapshot shows all entries as they were at one moment.
#[model::test(rejects(M55, M65), read = "Two atomics are not one state")]
fn a_snapshot_shows_one_moment() {
    let map = ConcurrentMap::new();
    for key in ["tea", "milk", "sugar"] {
        map.insert(key, 0);
    }
    let snapshot = thread::scope(|scope| {
        // The first key twice, because nobody knows in which order a snapshot looks at them.
        scope.spawn(|| {
            for (key, number) in [("tea", 1), ("milk", 1), ("sugar", 1), ("tea", 2)] {
                map.update(key, |old| *old = number);
            }
        });
        map.snapshot()
    });
    let seen = ["tea", "milk", "sugar"].map(|key| snapshot.get(key).copied());
    let moments = [[0, 0, 0], [1, 0, 0], [1, 1, 0], [1, 1, 1], [2, 1, 1]];
    expect(
        moments.iter().any(|moment| moment.map(Some) == seen),
        "tea, milk and sugar as they are at one moment, while another thread sets tea to 1, milk to 1, sugar to 1 \
         and tea to 2",
        seen.map(|number| number.map_or("missing".to_owned(), |number: i32| number.to_string())).join(", "),
    );
}

/// If `init` panics, a caller who waits for it, or comes later, has a turn.
#[model::test(rejects(M25), read = "A poisoned lock asks a question")]
fn after_a_panic_in_init_the_next_caller_has_a_turn() {
    let map = ConcurrentMap::new();
    let value = thread::scope(|scope| {
        scope.spawn(|| {
            // Where the other thread was first, `init` is not called, and nothing panics.
            let _ = panics::catch(|| map.get_or_insert_with("tea", || panics::inject("the value cannot be made")));
        });
        map.get_or_insert_with("tea", || 1)
    });
    expect_eq("the value of the caller whose `init` does not panic", 1, value);
    expect_eq("what the map holds in the end", Some(1), map.get("tea"));
}
