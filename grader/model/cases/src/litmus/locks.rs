//! Locks made of atomics, with orders that are enough and orders that are not.

use std::sync::atomic::AtomicU32;
use std::sync::atomic::Ordering::{self, AcqRel, Acquire, Relaxed, Release, SeqCst};

use super::{Case, run};

pub(super) const CASES: &[Case] = &[
    Case::new("a_try_lock", || try_lock(Acquire, Release), &["kept"]),
    Case::new("a_try_lock_taken_relaxed", || try_lock(Relaxed, Release), &["kept", "lost"]),
    Case::new("a_try_lock_given_back_relaxed", || try_lock(Acquire, Relaxed), &["kept", "lost"]),
    Case::new("peterson_seqcst", || peterson(SeqCst, SeqCst), &["never together"]),
    Case::new("peterson_release_acquire", || peterson(Release, Acquire), &["never together", "together"]),
    Case::new("dekker_seqcst", || dekker(SeqCst, SeqCst), &["nobody", "one"]),
    Case::new("dekker_release_acquire", || dekker(Release, Acquire), &["both", "nobody", "one"]),
];

/// Whether an increment under the lock was lost.
fn try_lock(lock: Ordering, unlock: Ordering) -> String {
    let (locked, number) = (AtomicU32::new(0), AtomicU32::new(0));
    let add = || {
        if locked.compare_exchange(0, 1, lock, Relaxed).is_err() {
            return 0;
        }
        let seen = number.load(Relaxed);
        number.store(seen + 1, Relaxed);
        locked.store(0, unlock);
        1
    };
    let [one, other] = run([&add, &add]);
    if number.load(Relaxed) == one + other { "kept" } else { "lost" }.to_owned()
}

/// Peterson's lock, tried once by each: whether both were inside together.
fn peterson(store: Ordering, load: Ordering) -> String {
    let (wants, turn, inside) = ([AtomicU32::new(0), AtomicU32::new(0)], AtomicU32::new(0), AtomicU32::new(0));
    let enter = |me: usize| {
        let other = 1 - me;
        wants[me].store(1, store);
        turn.store(other as u32, store);
        if wants[other].load(load) == 1 && turn.load(load) == other as u32 {
            return 0;
        }
        let others = inside.fetch_add(1, AcqRel);
        inside.fetch_sub(1, AcqRel);
        wants[me].store(0, store);
        others
    };
    let others = run([&|| enter(0), &|| enter(1)]);
    if others == [0, 0] { "never together" } else { "together" }.to_owned()
}

/// Each raises its flag and goes on only if the other's is down.
fn dekker(store: Ordering, load: Ordering) -> String {
    let flags = [AtomicU32::new(0), AtomicU32::new(0)];
    let enter = |me: usize| {
        flags[me].store(1, store);
        1 - flags[1 - me].load(load)
    };
    let [one, other] = run([&|| enter(0), &|| enter(1)]);
    ["nobody", "one", "both"][(one + other) as usize].to_owned()
}
