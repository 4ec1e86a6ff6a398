//! Fences, and the orders that are nobody's but theirs.

use std::sync::atomic::Ordering::{self, AcqRel, Acquire, Relaxed, Release, SeqCst};
use std::sync::atomic::{AtomicU32, fence};

use super::{Case, run, text};

const ALL: &[&str] = &["0 0", "0 1", "1 0", "1 1"];
const MESSAGE_IS_THERE: &[&str] = &["0 0", "0 1", "1 1"];
const ONE_IS_SEEN: &[&str] = &["0 1", "1 0", "1 1"];

pub(super) const CASES: &[Case] = &[
    Case::new("mp_with_two_fences", || mp(Some(Release), Some(Acquire)), MESSAGE_IS_THERE),
    Case::new("mp_with_two_fences_of_both_kinds", || mp(Some(AcqRel), Some(AcqRel)), MESSAGE_IS_THERE),
    Case::new("mp_with_a_release_fence_alone", || mp(Some(Release), None), ALL),
    Case::new("mp_with_an_acquire_fence_alone", || mp(None, Some(Acquire)), ALL),
    Case::new("mp_with_fences_the_wrong_way_round", || mp(Some(Acquire), Some(Release)), ALL),
    Case::new("mp_with_a_fence_behind_the_flag", fence_too_late, ALL),
    Case::new("sb_with_fences", || sb(Some(SeqCst), Some(SeqCst)), ONE_IS_SEEN),
    Case::new("sb_with_one_fence", || sb(Some(SeqCst), None), ALL),
    Case::new("sb_with_fences_that_are_not_seqcst", || sb(Some(AcqRel), Some(AcqRel)), ALL),
    Case::new("sb_with_a_fence_and_a_seqcst_store", fence_and_store, ALL),
    Case::new("iriw_with_fences", iriw, &["they agree"]),
    Case::new("a_seqlock", || seqlock(Some(Release), Some(Acquire)), &["none", "whole"]),
    Case::new("a_seqlock_without_its_release_fence", || seqlock(None, Some(Acquire)), &["none", "torn", "whole"]),
    Case::new("a_seqlock_without_its_acquire_fence", || seqlock(Some(Release), None), &["none", "torn", "whole"]),
];

fn fence_if(order: Option<Ordering>) {
    if let Some(order) = order {
        fence(order);
    }
}

fn mp(before_the_store: Option<Ordering>, behind_the_load: Option<Ordering>) -> String {
    let (data, flag) = (AtomicU32::new(0), AtomicU32::new(0));
    let [_, seen] = run([
        &|| {
            data.store(1, Relaxed);
            fence_if(before_the_store);
            flag.store(1, Relaxed);
            0
        },
        &|| {
            let flag = flag.load(Relaxed);
            fence_if(behind_the_load);
            flag * 10 + data.load(Relaxed)
        },
    ]);
    text([seen / 10, seen % 10])
}

fn fence_too_late() -> String {
    let (data, flag) = (AtomicU32::new(0), AtomicU32::new(0));
    let [_, seen] = run([
        &|| {
            data.store(1, Relaxed);
            flag.store(1, Relaxed);
            fence(Release);
            0
        },
        &|| flag.load(Acquire) * 10 + data.load(Relaxed),
    ]);
    text([seen / 10, seen % 10])
}

fn sb(one: Option<Ordering>, other: Option<Ordering>) -> String {
    let (x, y) = (AtomicU32::new(0), AtomicU32::new(0));
    text(run([
        &|| {
            x.store(1, Relaxed);
            fence_if(one);
            y.load(Relaxed)
        },
        &|| {
            y.store(1, Relaxed);
            fence_if(other);
            x.load(Relaxed)
        },
    ]))
}

/// A store that is `SeqCst` orders no load that is not.
fn fence_and_store() -> String {
    let (x, y) = (AtomicU32::new(0), AtomicU32::new(0));
    text(run([
        &|| {
            x.store(1, Relaxed);
            fence(SeqCst);
            y.load(Relaxed)
        },
        &|| {
            y.store(1, SeqCst);
            x.load(Relaxed)
        },
    ]))
}

fn iriw() -> String {
    let (x, y) = (AtomicU32::new(0), AtomicU32::new(0));
    let read = |first: &AtomicU32, second: &AtomicU32| {
        let first = first.load(Relaxed);
        fence(SeqCst);
        u32::from(first == 1 && second.load(Relaxed) == 0)
    };
    let store = |place: &AtomicU32| {
        place.store(1, Relaxed);
        0
    };
    let [_, _, x_alone, y_alone] = run([&|| store(&x), &|| store(&y), &|| read(&x, &y), &|| read(&y, &x)]);
    if x_alone + y_alone == 2 { "they disagree" } else { "they agree" }.to_owned()
}

/// A writer that is at work while the sequence is odd, and a reader that looks before and after.
fn seqlock(writers: Option<Ordering>, readers: Option<Ordering>) -> String {
    let (sequence, low, high) = (AtomicU32::new(0), AtomicU32::new(0), AtomicU32::new(0));
    let [_, seen] = run([
        &|| {
            sequence.store(1, Relaxed);
            fence_if(writers);
            low.store(1, Relaxed);
            high.store(1, Relaxed);
            sequence.store(2, Release);
            0
        },
        &|| {
            let before = sequence.load(Acquire);
            let halves = (low.load(Relaxed), high.load(Relaxed));
            fence_if(readers);
            let after = sequence.load(Relaxed);
            match before == after && before % 2 == 0 {
                true => u32::from(halves.0 == halves.1),
                false => 2,
            }
        },
    ]);
    ["torn", "whole", "none"][seen as usize].to_owned()
}
