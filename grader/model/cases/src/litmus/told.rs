//! Programs with orders that are too weak, each for the story that the search tells of it.

use std::sync::Arc;
use std::sync::atomic::Ordering::{Acquire, Relaxed, Release};
use std::sync::atomic::{AtomicBool, AtomicU32, fence};
use std::thread;

/// The reader's half of a message is too weak.
pub fn reads_a_message_too_early() {
    let shared = Arc::new((AtomicU32::new(0), AtomicBool::new(false)));
    let theirs = shared.clone();
    let other = thread::spawn(move || {
        theirs.0.store(7, Relaxed);
        theirs.1.store(true, Release);
    });
    if shared.1.load(Relaxed) {
        assert_eq!(shared.0.load(Relaxed), 7, "the message is not there");
    }
    other.join().unwrap();
}

/// A message goes through three threads, and the one in the middle does not take it along.
pub fn hands_on_without_acquiring() {
    let shared = Arc::new((AtomicU32::new(0), AtomicBool::new(false), AtomicBool::new(false)));
    let (first, second) = (shared.clone(), shared.clone());
    let writer = thread::spawn(move || {
        first.0.store(7, Relaxed);
        first.1.store(true, Release);
    });
    let between = thread::spawn(move || second.2.store(second.1.load(Relaxed), Release));
    if shared.2.load(Acquire) {
        assert_eq!(shared.0.load(Relaxed), 7, "the message is not there");
    }
    writer.join().unwrap();
    between.join().unwrap();
}

/// Each raises a flag and looks for the other's: both go on.
pub fn misses_both_flags() {
    let flags = Arc::new((AtomicBool::new(false), AtomicBool::new(false)));
    let theirs = flags.clone();
    let other = thread::spawn(move || {
        theirs.0.store(true, Release);
        theirs.1.load(Acquire)
    });
    flags.1.store(true, Release);
    let seen = flags.0.load(Acquire);
    assert!(seen || other.join().unwrap(), "neither saw the other");
}

/// The fence that would make the relaxed stores a message stands behind them.
pub fn fences_too_late() {
    let shared = Arc::new((AtomicU32::new(0), AtomicBool::new(false)));
    let theirs = shared.clone();
    let other = thread::spawn(move || {
        theirs.0.store(7, Relaxed);
        theirs.1.store(true, Relaxed);
        fence(Release);
    });
    let there = shared.1.load(Relaxed);
    fence(Acquire);
    if there {
        assert_eq!(shared.0.load(Relaxed), 7, "the message is not there");
    }
    other.join().unwrap();
}

/// A count that another thread raises hands the message on, if there was one.
pub fn counts_up_without_a_message() {
    let shared = Arc::new((AtomicU32::new(0), AtomicU32::new(0)));
    let (first, second) = (shared.clone(), shared.clone());
    let writer = thread::spawn(move || {
        first.0.store(7, Relaxed);
        first.1.store(1, Relaxed);
    });
    let between = thread::spawn(move || second.1.fetch_add(1, Relaxed));
    if shared.1.load(Acquire) == 2 {
        assert_eq!(shared.0.load(Relaxed), 7, "the message is not there");
    }
    writer.join().unwrap();
    between.join().unwrap();
}
