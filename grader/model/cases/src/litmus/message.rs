//! MP: two stores here, two loads there, and the orders between them.

use std::sync::atomic::AtomicU32;
use std::sync::atomic::Ordering::{self, AcqRel, Acquire, Relaxed, Release, SeqCst};

use super::{Case, run, text};

const ALL: &[&str] = &["0 0", "0 1", "1 0", "1 1"];
const MESSAGE_IS_THERE: &[&str] = &["0 0", "0 1", "1 1"];

pub(super) const CASES: &[Case] = &[
    Case::new("mp_relaxed_relaxed", || mp(Relaxed, Relaxed), ALL),
    Case::new("mp_relaxed_acquire", || mp(Relaxed, Acquire), ALL),
    Case::new("mp_relaxed_seqcst", || mp(Relaxed, SeqCst), ALL),
    Case::new("mp_release_relaxed", || mp(Release, Relaxed), ALL),
    Case::new("mp_release_acquire", || mp(Release, Acquire), MESSAGE_IS_THERE),
    Case::new("mp_release_seqcst", || mp(Release, SeqCst), MESSAGE_IS_THERE),
    Case::new("mp_seqcst_relaxed", || mp(SeqCst, Relaxed), ALL),
    Case::new("mp_seqcst_acquire", || mp(SeqCst, Acquire), MESSAGE_IS_THERE),
    Case::new("mp_seqcst_seqcst", || mp(SeqCst, SeqCst), MESSAGE_IS_THERE),
    Case::new("mp_by_swaps", mp_by_swaps, MESSAGE_IS_THERE),
    Case::new("mp_by_a_failing_exchange", || mp_by_failure(Acquire), MESSAGE_IS_THERE),
    Case::new("mp_by_an_exchange_that_fails_relaxed", || mp_by_failure(Relaxed), ALL),
    Case::new("a_failing_exchange_is_a_load", exchange_after_message, &["0 0", "0 1", "1 0", "1 1"]),
    Case::new("release_sequence_through_a_relaxed_rmw", || sequence(Release, Relaxed), &["data"]),
    Case::new("release_sequence_without_a_release", || sequence(Relaxed, Relaxed), &["data", "nothing"]),
    Case::new("release_sequence_broken_by_a_relaxed_store", broken_sequence, &["data", "nothing"]),
    Case::new("release_by_the_rmw_itself", || sequence(Relaxed, Release), &["data", "nothing"]),
];

fn mp(store: Ordering, load: Ordering) -> String {
    let (data, flag) = (AtomicU32::new(0), AtomicU32::new(0));
    let [_, seen] = run([
        &|| {
            data.store(1, Relaxed);
            flag.store(1, store);
            0
        },
        &|| flag.load(load) * 10 + data.load(Relaxed),
    ]);
    text([seen / 10, seen % 10])
}

fn mp_by_swaps() -> String {
    let (data, flag) = (AtomicU32::new(0), AtomicU32::new(0));
    let [_, seen] = run([
        &|| {
            data.store(1, Relaxed);
            flag.swap(1, AcqRel)
        },
        &|| flag.fetch_or(0, AcqRel) * 10 + data.load(Relaxed),
    ]);
    text([seen / 10, seen % 10])
}

/// The reader looks by an exchange that cannot succeed.
fn mp_by_failure(failure: Ordering) -> String {
    let (data, flag) = (AtomicU32::new(0), AtomicU32::new(0));
    let [_, seen] = run([
        &|| {
            data.store(1, Relaxed);
            flag.store(1, Release);
            0
        },
        &|| flag.compare_exchange(7, 8, AcqRel, failure).unwrap_err() * 10 + data.load(Relaxed),
    ]);
    text([seen / 10, seen % 10])
}

/// The reader has seen the flag, and still an exchange can fail for a value that is gone.
fn exchange_after_message() -> String {
    let (data, flag) = (AtomicU32::new(0), AtomicU32::new(0));
    let [_, seen] = run([
        &|| {
            data.store(1, Relaxed);
            flag.store(1, Relaxed);
            0
        },
        &|| {
            let flag = flag.load(Relaxed);
            flag * 10 + u32::from(data.compare_exchange(1, 2, Relaxed, Relaxed).is_ok())
        },
    ]);
    text([seen / 10, seen % 10])
}

/// Whether the message is behind a flag that another thread has counted up.
fn sequence(first: Ordering, second: Ordering) -> String {
    let (data, flag) = (AtomicU32::new(0), AtomicU32::new(0));
    let [_, _, seen] = run([
        &|| {
            data.store(1, Relaxed);
            flag.store(1, first);
            0
        },
        &|| flag.compare_exchange(1, 2, second, Relaxed).unwrap_or(0),
        &|| if flag.load(Acquire) == 2 { data.load(Relaxed) } else { 1 },
    ]);
    if seen == 1 { "data" } else { "nothing" }.to_owned()
}

fn broken_sequence() -> String {
    let (data, flag) = (AtomicU32::new(0), AtomicU32::new(0));
    let [_, seen] = run([
        &|| {
            data.store(1, Relaxed);
            flag.store(1, Release);
            flag.store(2, Relaxed);
            0
        },
        &|| if flag.load(Acquire) == 2 { data.load(Relaxed) } else { 1 },
    ]);
    if seen == 1 { "data" } else { "nothing" }.to_owned()
}
