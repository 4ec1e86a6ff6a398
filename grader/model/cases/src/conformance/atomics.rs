//! Atomics.

use std::sync::Arc;
use std::sync::atomic::Ordering::SeqCst;
use std::sync::atomic::{AtomicBool, AtomicPtr, AtomicU8, AtomicU32, Ordering, fence};
use std::thread;

use super::Case;

pub(super) const CASES: &[Case] = &[
    Case::new("a_load_and_a_store_lose_updates", lost_update, &["1", "2"]),
    Case::new("fetch_add_loses_none", || both(add), &["2"]),
    Case::new("fetch_update_loses_none", || both(update), &["2"]),
    Case::new("one_of_two_compare_exchanges_wins", one_wins, &["Ok(0) Err(1)", "Err(2) Ok(0)"]),
    Case::new("two_flags_are_never_both_missed", store_buffer, &["0 1", "1 0", "1 1"]),
    Case::new("a_message_behind_a_flag_is_there", message, &["none", "seven"]),
    Case::new("every_operation_gives_what_it_should", every_operation, &["3 3 5 1 true false 2 9"]),
];

fn both(step: fn(&AtomicU32)) -> String {
    let number = Arc::new(AtomicU32::new(0));
    let theirs = number.clone();
    let other = thread::spawn(move || step(&theirs));
    step(&number);
    other.join().unwrap();
    number.load(SeqCst).to_string()
}

fn add(number: &AtomicU32) {
    number.fetch_add(1, SeqCst);
}

fn update(number: &AtomicU32) {
    number.fetch_update(SeqCst, SeqCst, |number| Some(number + 1)).unwrap();
}

fn lost_update() -> String {
    both(|number| {
        let seen = number.load(SeqCst);
        number.store(seen + 1, SeqCst);
    })
}

fn one_wins() -> String {
    let number = Arc::new(AtomicU32::new(0));
    let theirs = number.clone();
    let other = thread::spawn(move || theirs.compare_exchange(0, 1, SeqCst, SeqCst));
    let mine = number.compare_exchange(0, 2, SeqCst, SeqCst);
    format!("{:?} {mine:?}", other.join().unwrap())
}

fn store_buffer() -> String {
    let flags = Arc::new((AtomicU32::new(0), AtomicU32::new(0)));
    let theirs = flags.clone();
    let other = thread::spawn(move || {
        theirs.0.store(1, SeqCst);
        theirs.1.load(SeqCst)
    });
    flags.1.store(1, SeqCst);
    let mine = flags.0.load(SeqCst);
    format!("{} {mine}", other.join().unwrap())
}

fn message() -> String {
    let shared = Arc::new((AtomicBool::new(false), AtomicU32::new(0)));
    let theirs = shared.clone();
    let other = thread::spawn(move || {
        theirs.1.store(7, Ordering::Relaxed);
        theirs.0.store(true, Ordering::Release);
    });
    let there = shared.0.load(Ordering::Acquire);
    let message = if there { Some(shared.1.load(Ordering::Relaxed)) } else { None };
    other.join().unwrap();
    match message {
        Some(7) => "seven".to_owned(),
        Some(stale) => format!("stale {stale}"),
        None => "none".to_owned(),
    }
}

fn every_operation() -> String {
    let number = AtomicU8::new(3);
    let max = number.fetch_max(5, SeqCst);
    let and = number.fetch_and(0b011, SeqCst) & 0b011 | 0b010;
    fence(SeqCst);
    let or = number.fetch_or(0b100, SeqCst) | 0b100;
    let min = number.fetch_min(1, SeqCst).min(1);
    let flag = AtomicBool::new(true);
    let was = flag.fetch_nand(true, SeqCst);
    let is = flag.load(SeqCst);
    let two = number.swap(9, SeqCst) + 1;
    let mut four = 4;
    let pointer = AtomicPtr::new(&raw mut four);
    pointer.store(std::ptr::null_mut(), SeqCst);
    assert!(pointer.load(SeqCst).is_null());
    format!("{max} {and} {or} {min} {was} {is} {two} {}", number.into_inner())
}
