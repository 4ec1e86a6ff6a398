//! What the contract of `concurrent-map` promises, clause by clause.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, Weak};
use std::thread;

use lab::awaited::awaiting;
use lab::prelude::*;

use crate::concurrent_map::ConcurrentMap;

/// `insert` and `remove` return the value that was there before.
#[lab::test(rejects(), read = "Readers together")]
fn insert_and_remove_return_the_value_that_was_there() {
    let map = ConcurrentMap::new();
    expect_eq("what inserting under a new key returns", None, map.insert("tea".to_owned(), 1));
    expect_eq("what inserting under the same key returns", Some(1), map.insert("tea".to_owned(), 2));
    expect_eq("the value after the second insert", Some(2), map.get("tea"));
    expect_eq("what removing the key returns", Some(2), map.remove("tea"));
    expect_eq("the value after the removal", None, map.get("tea"));
    expect_eq("what inserting after the removal returns", None, map.insert("tea".to_owned(), 3));
}

/// A missing key is `None`, stays missing, and nothing is called for it.
#[lab::test(rejects(), read = "Check and act in one step")]
fn a_missing_key_is_none_and_stays_missing() {
    let map = ConcurrentMap::from_entries([("tea".to_owned(), 1)]);
    // Twice: a lock that is kept on the way out shows at the second round.
    for _ in 0..2 {
        expect_eq("`get` of a missing key", None, map.get("milk"));
        expect_eq("`remove` of a missing key", None, map.remove("milk"));
        let updated = map.update("milk", |_| fail("no call of the closure, the key being missing", "a call"));
        expect_eq("`update` of a missing key", None::<()>, updated);
    }
    expect_eq("all entries", HashMap::from([("tea".to_owned(), 1)]), map.snapshot());
}

/// A thread that fills a missing key never waits for itself.
#[lab::test(rejects(M56, M57), read = "A read guard does not grow")]
fn a_thread_alone_fills_a_missing_key() {
    let map = ConcurrentMap::new();
    expect_eq("the value that `init` makes", 1, map.get_or_insert_with("tea", || 1));
    expect_eq("what `get` finds afterwards", Some(1), map.get("tea"));
}

/// `update` changes the value in place and returns what the closure returns.
#[lab::test(rejects(), read = "Check and act in one step")]
fn update_changes_the_value_in_place() {
    let map = ConcurrentMap::from_entries([("tea".to_owned(), 1), ("milk".to_owned(), 10)]);
    let returned = map.update("tea", |number| {
        *number += 1;
        "done"
    });
    expect_eq("what `update` returns", Some("done"), returned);
    let wanted = HashMap::from([("tea".to_owned(), 2), ("milk".to_owned(), 10)]);
    expect_eq("all entries after an update of `tea`", wanted, map.snapshot());
}

/// `len` is the number of entries.
#[lab::test(rejects(), read = "Two atomics are not one state")]
fn len_is_the_number_of_entries() {
    let map = ConcurrentMap::new();
    expect_eq("`len` of a new map", 0, map.len());
    map.insert(1, "one");
    map.get_or_insert_with(2, || "two");
    expect_eq("`len` with two keys", 2, map.len());
    map.insert(1, "another one");
    map.get_or_insert_with(2, || "another two");
    map.update(&2, |value| *value = "a third two");
    expect_eq("`len` when their values have been replaced", 2, map.len());
    map.remove(&1);
    map.remove(&1);
    expect_eq("`len` after one of them was removed, twice", 1, map.len());
}

/// A snapshot shows what the map held when it was made, and nothing later.
#[lab::test(rejects(), read = "Readers together")]
fn a_snapshot_shows_its_own_time() {
    let map = ConcurrentMap::from_entries([(1, 10), (2, 20)]);
    let first = map.snapshot();
    map.update(&1, |number| *number += 1);
    let second = map.snapshot();
    map.remove(&2);
    map.insert(3, 30);
    expect_eq("the snapshot made first", HashMap::from([(1, 10), (2, 20)]), first);
    expect_eq("the snapshot made after an update", HashMap::from([(1, 11), (2, 20)]), second);
    expect_eq("the entries after a removal and an insert", HashMap::from([(1, 11), (3, 30)]), map.snapshot());
}

/// Threads share the map, and keys and values may be borrowed and need not be `Clone`.
#[lab::test(rejects(), read = "Readers together")]
fn threads_share_the_map_on_borrowed_keys_and_values() {
    #[derive(PartialEq, Eq, Hash)]
    struct Key<'text>(&'text str);
    struct Value<'text>(&'text str);

    let text = "green tea".to_owned();
    let map = ConcurrentMap::new();
    is_send(&map);
    is_sync(&map);
    thread::scope(|scope| {
        scope.spawn(|| map.insert(Key(&text[6..]), Value(&text[..5])));
    });
    let length = thread::scope(|scope| scope.spawn(|| map.update(&Key("tea"), |value| value.0.len())).join());
    expect_eq("what another thread finds", Some(5), length.ok().flatten());
    let removed = map.remove(&Key("tea")).map(|value| value.0);
    expect_eq("what the first thread gets back", Some("green"), removed);
    let numbers = ConcurrentMap::new();
    expect_eq("the value of a key that is not `Clone`", 1, numbers.get_or_insert_with(Key(&text), || 1));
}

/// Any number of `get`s can be inside `V::clone` at the same time, also for one key.
#[lab::test(rejects(M61, M91), read = "Readers together")]
fn gets_run_at_the_same_time() {
    let journal = Journal::new();
    let (meeting, _awaited) = Rendezvous::of(4, "calls of `get` inside `clone` at the same time");
    let map = ConcurrentMap::new();
    for key in ["tea", "milk"] {
        let (journal, meeting) = (journal.clone(), meeting.clone());
        map.insert(
            key,
            Value::new(1, move || {
                let _span = journal.begin(thread::current().name().unwrap_or(key));
                meeting.meet_blocking();
            }),
        );
    }
    thread::scope(|scope| {
        for (number, key) in ["tea", "tea", "milk", "milk"].into_iter().enumerate() {
            let reader = thread::Builder::new().name(format!("get {} of {key}", number % 2 + 1));
            reader.spawn_scoped(scope, || drop(map.get(key))).expect("a thread starts");
        }
    });
}

/// `init` is called only if the key is missing.
#[lab::test(rejects(), read = "Check and act in one step")]
fn init_is_called_only_for_a_missing_key() {
    let map = ConcurrentMap::from_entries([("tea", 1)]);
    let found = map.get_or_insert_with("tea", || fail("no call of `init`, the key being there", "a call"));
    expect_eq("the value of a key that is there", 1, found);
    map.remove("tea");
    expect_eq("the value after the key was removed", 2, map.get_or_insert_with("tea", || 2));
}

/// An update begins when the one before it has ended, and finds what that one left.
#[lab::test(rejects(M55, M61), read = "Check and act in one step")]
fn updates_of_a_key_follow_one_another() {
    let journal = Journal::new();
    let map = ConcurrentMap::from_entries([("tea", 1)]);
    let second = Mutex::new(None);
    let first = thread::scope(|scope| {
        map.update("tea", |number| {
            let _span = journal.begin("the first update");
            scope.spawn(|| {
                let updated = map.update("tea", |number| {
                    let _span = journal.begin("the second update");
                    *number += 10;
                    *number
                });
                *second.lock().unwrap() = updated;
            });
            // The second update gets as far as it can during this one.
            quiesce();
            *number += 100;
            *number
        })
    });
    journal.expect_at_most(1, "updates of one key");
    let second = second.into_inner().unwrap();
    if second.is_none() {
        journal.fail("a second update of the key during the first one waits its turn", "it found the key missing");
    }
    let both = (first, second);
    expect_eq("the number as the first update leaves it, then the second", (Some(101), Some(111)), both);
    expect_eq("the number after both updates", Some(111), map.get("tea"));
}

/// A value that somebody reads is replaced, removed and updated like any other.
#[lab::test(rejects(), read = "Readers together")]
fn a_value_in_use_is_not_lost() {
    let gate = Gate::closed();
    let map = ConcurrentMap::new();
    for key in ["replaced", "removed", "updated"] {
        let gate = gate.clone();
        map.insert(key, Value::new(1, move || gate.pass_blocking()));
    }
    let (mut replaced, mut removed, mut updated) = (None, None, None);
    thread::scope(|scope| {
        for key in ["replaced", "removed", "updated"] {
            let map = &map;
            scope.spawn(move || drop(map.get(key)));
        }
        gate.wait_for(3, "calls of `get` inside `clone` at the same time");
        scope.spawn(|| replaced = map.insert("replaced", Value::new(2, || ())));
        scope.spawn(|| removed = map.remove("removed"));
        scope.spawn(|| updated = map.update("updated", |value| value.number += 2));
        // The writers either wait for the readers now, or are done.
        quiesce();
        gate.open();
    });
    let number = |value: Option<Value>| value.map(|value| value.number);
    expect_eq("what `insert` returns, somebody reading the value it replaces", Some(1), number(replaced));
    expect_eq("what `remove` returns, somebody reading that value", Some(1), number(removed));
    expect_eq("what `update` returns, somebody reading that value", Some(()), updated);
    expect_eq("the updated value", Some(3), number(map.get("updated")));
}

/// A panic in `init` leaves the key missing, and the map as usable as before.
#[lab::test(rejects(M25), read = "A poisoned lock asks a question")]
fn a_panic_in_init_leaves_the_key_missing() {
    let map = ConcurrentMap::from_entries([(1, 10)]);
    let outcome = panics::catch(|| map.get_or_insert_with(2, || panics::inject("the value cannot be made")));
    expect_panic("`get_or_insert_with`", "`init` panicked", outcome);
    let after = "after a panic in `init`";
    expect_eq(&format!("`len`, {after}"), 1, tried("`len`", after, || map.len()));
    expect_eq(&format!("`get` of the key, {after}"), None, tried("`get`", after, || map.get(&2)));
    let all = tried("`snapshot`", after, || map.snapshot());
    expect_eq(&format!("all entries, {after}"), HashMap::from([(1, 10)]), all);
    let next = tried("`get_or_insert_with`", after, || map.get_or_insert_with(2, || 20));
    expect_eq(&format!("the value of the next caller's `init`, {after}"), 20, next);
    expect_usable(&map, after);
}

/// A panic in `update` leaves the entry as the closure left it, and the map usable.
#[lab::test(rejects(M25, M61), read = "A poisoned lock asks a question")]
fn a_panic_in_update_leaves_the_entry() {
    let map = ConcurrentMap::from_entries([(1, 10), (2, 20)]);
    let outcome = panics::catch(|| {
        map.update(&2, |number| {
            *number = 21;
            panics::inject("the update had a problem");
        })
    });
    expect_panic("`update`", "its closure panicked", outcome);
    let after = "after a panic in `update`";
    let found = tried("`get`", after, || map.get(&2));
    expect_eq(&format!("the value, set to 21 by the closure before it panicked, {after}"), Some(21), found);
    expect_eq(&format!("`len`, {after}"), 2, tried("`len`", after, || map.len()));
    expect_usable(&map, after);
}

/// A panic in `clone` leaves the entry as it was, and the map usable.
#[lab::test(rejects(M25, M61), read = "A poisoned lock asks a question")]
fn a_panic_in_clone_changes_nothing() {
    type Call = fn(&ConcurrentMap<i32, Value>);
    let calls: [(&str, Call); 3] = [
        ("`get`", |map| drop(map.get(&1))),
        ("`get_or_insert_with`", |map| {
            drop(map.get_or_insert_with(1, || fail("the key is there", "a call of `init`")))
        }),
        ("`snapshot`", |map| drop(map.snapshot())),
    ];
    for (name, call) in calls {
        let panicking = Arc::new(AtomicBool::new(true));
        let fuse = panicking.clone();
        let value = Value::new(10, move || {
            if fuse.load(Ordering::SeqCst) {
                panics::inject("the value cannot be cloned");
            }
        });
        let map = ConcurrentMap::from_entries([(1, value)]);
        let outcome = panics::catch(|| call(&map));
        expect_panic(name, "`clone` panicked", outcome);
        panicking.store(false, Ordering::SeqCst);
        let after = &format!("after a panic in `clone` during {name}");
        let found = tried("`get`", after, || map.get(&1)).map(|value| value.number);
        expect_eq(&format!("the value, {after}"), Some(10), found);
        expect_usable(&map, after);
    }
}

/// What `insert` and `remove` hand out may use the map when it is dropped.
#[lab::test(rejects(M61), read = "Whose code runs under your lock?")]
fn a_value_that_was_handed_out_may_use_the_map() {
    /// Counts the entries of the map when it is dropped.
    struct Inspector {
        map: Weak<ConcurrentMap<i32, Inspector>>,
        found: Arc<Mutex<Vec<usize>>>,
    }

    impl Drop for Inspector {
        fn drop(&mut self) {
            if let Some(map) = self.map.upgrade() {
                self.found.lock().unwrap().push(map.len());
            }
        }
    }

    let map = Arc::new(ConcurrentMap::new());
    let found = Arc::new(Mutex::new(Vec::new()));
    let inspector = || Inspector { map: Arc::downgrade(&map), found: found.clone() };
    map.insert(1, inspector());
    tried("dropping what `insert` returned", "while its `Drop` calls `len`", || drop(map.insert(1, inspector())));
    tried("dropping what `remove` returned", "while its `Drop` calls `len`", || drop(map.remove(&1)));
    let found = found.lock().unwrap();
    expect_eq("`len` as the two values see it while they are dropped", &[1, 0][..], &found[..]);
}

/// A value whose `clone` does something on the way.
struct Value {
    number: i32,
    on_clone: Arc<dyn Fn() + Send + Sync>,
}

impl Value {
    fn new(number: i32, on_clone: impl Fn() + Send + Sync + 'static) -> Self {
        Self { number, on_clone: Arc::new(on_clone) }
    }
}

impl Clone for Value {
    fn clone(&self) -> Self {
        (self.on_clone)();
        Self { number: self.number, on_clone: self.on_clone.clone() }
    }
}

/// A map of these entries.
trait FromEntries<K, V> {
    fn from_entries(entries: impl IntoIterator<Item = (K, V)>) -> Self;
}

impl<K: Eq + Hash, V> FromEntries<K, V> for ConcurrentMap<K, V> {
    fn from_entries(entries: impl IntoIterator<Item = (K, V)>) -> Self {
        let map = Self::new();
        for (key, value) in entries {
            map.insert(key, value);
        }
        map
    }
}

/// Makes a call that must neither panic nor wait for ever. `after` says what has happened before.
fn tried<R>(what: &str, after: &str, call: impl FnOnce() -> R) -> R {
    let expected = format!("{what} works as ever, {after}");
    let _awaited = awaiting(expected.clone(), || "it does not come back".to_owned());
    panics::catch(call).unwrap_or_else(|panic| fail(expected, format_args!("it panicked: {panic}")))
}

/// A panic in foreign code is the caller's to know.
fn expect_panic<R>(what: &str, because: &str, outcome: Result<R, String>) {
    expect(outcome.is_err(), format_args!("{what} panics, because {because}"), "it returned");
}

/// Calls every method.
fn expect_usable<V: Clone>(map: &ConcurrentMap<i32, V>, after: &str) {
    let len = tried("`len`", after, || map.len());
    let value = tried("`get`", after, || map.get(&1)).unwrap_or_else(|| fail("entry 1 is there", "it is missing"));
    tried("`insert`", after, || drop(map.insert(100, value.clone())));
    tried("`update`", after, || map.update(&100, |_| ()));
    tried("`get_or_insert_with`, the key being there", after, || drop(map.get_or_insert_with(100, || value.clone())));
    tried("`remove`", after, || drop(map.remove(&100)));
    tried("`get_or_insert_with`, the key being missing", after, || drop(map.get_or_insert_with(100, || value.clone())));
    let all = tried("`snapshot`", after, || map.snapshot());
    expect_eq(&format!("entries in a snapshot, {after} and one insert"), len + 1, all.len());
}
