//! In which order different threads see stores.

use std::sync::atomic::AtomicU32;
use std::sync::atomic::Ordering::{self, Acquire, Relaxed, Release, SeqCst};

use super::{Case, run, text};

const ALL: &[&str] = &["0 0", "0 1", "1 0", "1 1"];
const AGREE: &[&str] = &["they agree"];
const DISAGREE: &[&str] = &["they agree", "they disagree"];

pub(super) const CASES: &[Case] = &[
    Case::new("sb_relaxed", || sb(Relaxed, Relaxed, Relaxed), ALL),
    Case::new("sb_release_acquire", || sb(Release, Acquire, Acquire), ALL),
    Case::new("sb_seqcst", || sb(SeqCst, SeqCst, SeqCst), &["0 1", "1 0", "1 1"]),
    Case::new("sb_seqcst_with_one_weaker_load", || sb(SeqCst, SeqCst, Acquire), ALL),
    Case::new("sb_by_rmw", sb_by_rmw, &["0 1", "1 0", "1 1"]),
    Case::new("r_relaxed", || r(Relaxed), &["1 0", "1 1", "2 0", "2 1"]),
    Case::new("r_seqcst", || r(SeqCst), &["1 0", "1 1", "2 1"]),
    Case::new("corr", corr, &["0 0", "0 1", "0 2", "1 1", "1 2", "2 2"]),
    Case::new("corr_two_writers_two_readers", || iriw_of(Relaxed, true), AGREE),
    Case::new("cowr", cowr, &["1 1", "1 2", "2 2"]),
    Case::new("corw", corw, &["0 1", "0 2", "1 2"]),
    Case::new("wrc_relaxed", || wrc(Relaxed, Relaxed), &["0", "1 0", "1 1 0", "1 1 1"]),
    Case::new("wrc_release_acquire", || wrc(Release, Acquire), &["0", "1 0", "1 1 1"]),
    Case::new("isa2", || isa2(Acquire), &["data"]),
    Case::new("isa2_with_a_relaxed_load_in_the_middle", || isa2(Relaxed), &["data", "nothing"]),
    Case::new("iriw_relaxed", || iriw_of(Relaxed, false), DISAGREE),
    Case::new("iriw_release_acquire", || iriw_of(Acquire, false), DISAGREE),
    Case::new("iriw_seqcst", || iriw_of(SeqCst, false), AGREE),
    Case::new("seqcst_reads_keep_a_relaxed_store_in_order", relaxed_store_between, &["no cycle"]),
    Case::new("lb_relaxed_without_loads_from_the_future", lb, &["0 0", "0 1", "1 0"]),
    Case::new("two_plus_two_writes_without_stores_in_the_middle", two_plus_two, &["1 2", "2 1", "2 2"]),
];

fn sb(store: Ordering, one: Ordering, other: Ordering) -> String {
    let (x, y) = (AtomicU32::new(0), AtomicU32::new(0));
    text(run([
        &|| {
            x.store(1, store);
            y.load(one)
        },
        &|| {
            y.store(1, store);
            x.load(other)
        },
    ]))
}

/// Nobody misses a store who takes part in the order of stores.
fn sb_by_rmw() -> String {
    let (x, y) = (AtomicU32::new(0), AtomicU32::new(0));
    text(run([
        &|| {
            x.store(1, Relaxed);
            y.fetch_add(0, Ordering::AcqRel)
        },
        &|| {
            y.fetch_add(1, Ordering::AcqRel);
            x.load(Relaxed)
        },
    ]))
}

/// What `y` is in the end, and what the second thread found in `x`.
fn r(order: Ordering) -> String {
    let (x, y) = (AtomicU32::new(0), AtomicU32::new(0));
    let load = if order == SeqCst { SeqCst } else { Relaxed };
    let [_, found] = run([
        &|| {
            x.store(1, order);
            y.store(1, order);
            0
        },
        &|| {
            y.store(2, order);
            x.load(load)
        },
    ]);
    text([y.load(Relaxed), found])
}

fn corr() -> String {
    let x = AtomicU32::new(0);
    let [_, seen] = run([
        &|| {
            x.store(1, Relaxed);
            x.store(2, Relaxed);
            0
        },
        &|| x.load(Relaxed) * 10 + x.load(Relaxed),
    ]);
    text([seen / 10, seen % 10])
}

/// A store of one's own hides what was there before.
fn cowr() -> String {
    let x = AtomicU32::new(0);
    let [_, seen] = run([
        &|| {
            x.store(2, Relaxed);
            0
        },
        &|| {
            x.store(1, Relaxed);
            x.load(Relaxed)
        },
    ]);
    text([seen, x.load(Relaxed)])
}

/// A store comes behind what was read before it.
fn corw() -> String {
    let x = AtomicU32::new(0);
    let [_, seen] = run([
        &|| {
            x.store(1, Relaxed);
            0
        },
        &|| {
            let seen = x.load(Relaxed);
            x.store(2, Relaxed);
            seen
        },
    ]);
    text([seen, x.load(Relaxed)])
}

/// The second hands on what it read; the third reads both.
fn wrc(store: Ordering, load: Ordering) -> String {
    let (x, y) = (AtomicU32::new(0), AtomicU32::new(0));
    let [_, first, then] = run([
        &|| {
            x.store(1, Relaxed);
            0
        },
        &|| {
            let seen = x.load(Relaxed);
            y.store(seen, store);
            seen
        },
        &|| y.load(load) * 10 + x.load(Relaxed),
    ]);
    match (first, then / 10) {
        (0, _) => "0".to_owned(),
        (_, 0) => "1 0".to_owned(),
        _ => text([1, 1, then % 10]),
    }
}

/// Two flags one after the other.
fn isa2(middle: Ordering) -> String {
    let (data, x, y) = (AtomicU32::new(0), AtomicU32::new(0), AtomicU32::new(0));
    let [_, _, seen] = run([
        &|| {
            data.store(1, Relaxed);
            x.store(1, Release);
            0
        },
        &|| {
            let seen = x.load(middle);
            y.store(seen, Release);
            seen
        },
        &|| if y.load(Acquire) == 1 { data.load(Relaxed) } else { 1 },
    ]);
    if seen == 1 { "data" } else { "nothing" }.to_owned()
}

/// Whether two readers see two stores the other way round; to one location if they are `together`.
fn iriw_of(load: Ordering, together: bool) -> String {
    let (x, y) = (AtomicU32::new(0), AtomicU32::new(0));
    let store = if load == Acquire { Release } else { load };
    let write = |place: &AtomicU32, value| {
        place.store(value, store);
        0
    };
    let read = |first: (&AtomicU32, u32), then: (&AtomicU32, u32)| {
        u32::from(first.0.load(load) == first.1 && then.0.load(load) == then.1)
    };
    let disagree = if together {
        let [_, _, one, other] =
            run([&|| write(&x, 1), &|| write(&x, 2), &|| read((&x, 1), (&x, 2)), &|| read((&x, 2), (&x, 1))]);
        one + other
    } else {
        let [_, _, one, other] =
            run([&|| write(&x, 1), &|| write(&y, 1), &|| read((&x, 1), (&y, 0)), &|| read((&y, 1), (&x, 0))]);
        one + other
    };
    if disagree == 2 { "they disagree" } else { "they agree" }.to_owned()
}

/// Three `SeqCst` reads and a store that isn't: C++20 forbids the cycle all the same.
fn relaxed_store_between() -> String {
    let (x, y) = (AtomicU32::new(0), AtomicU32::new(0));
    let [_, one, other] = run([
        &|| {
            x.store(1, Relaxed);
            0
        },
        &|| x.load(SeqCst) * 10 + y.load(SeqCst),
        &|| {
            y.store(1, SeqCst);
            x.load(SeqCst)
        },
    ]);
    if (one, other) == (10, 0) { "a cycle" } else { "no cycle" }.to_owned()
}

fn lb() -> String {
    let (x, y) = (AtomicU32::new(0), AtomicU32::new(0));
    text(run([
        &|| {
            let seen = x.load(Relaxed);
            y.store(1, Relaxed);
            seen
        },
        &|| {
            let seen = y.load(Relaxed);
            x.store(1, Relaxed);
            seen
        },
    ]))
}

fn two_plus_two() -> String {
    let (x, y) = (AtomicU32::new(0), AtomicU32::new(0));
    run([
        &|| {
            x.store(1, Relaxed);
            y.store(2, Relaxed);
            0
        },
        &|| {
            y.store(1, Relaxed);
            x.store(2, Relaxed);
            0
        },
    ]);
    text([x.load(Relaxed), y.load(Relaxed)])
}
