//! e: a value computed once.

use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;

#[derive(Default)]
struct Lazy {
    ready: AtomicBool,
    value: AtomicU64,
    filling: Mutex<()>,
}

impl Lazy {
    fn get_with(&self, make: &dyn Fn() -> u64, read: Ordering, write: Ordering) -> u64 {
        if !self.ready.load(read) {
            let _filling = self.filling.lock().unwrap();
            if !self.ready.load(Ordering::Relaxed) {
                self.value.store(make(), Ordering::Relaxed);
                self.ready.store(true, write);
            }
        }
        self.value.load(Ordering::Relaxed)
    }

    fn get(&self, make: &dyn Fn() -> u64) -> u64 {
        self.get_with(make, Ordering::Acquire, Ordering::Release)
    }

    fn get_relaxed(&self, make: &dyn Fn() -> u64) -> u64 {
        self.get_with(make, Ordering::Relaxed, Ordering::Relaxed)
    }

    /// The second comes along while the first is still inside `make`.
    fn get_begun(&self, make: &dyn Fn() -> u64) -> u64 {
        if !self.ready.swap(true, Ordering::SeqCst) {
            self.value.store(make(), Ordering::SeqCst);
        }
        self.value.load(Ordering::SeqCst)
    }

    fn get_unlocked(&self, make: &dyn Fn() -> u64) -> u64 {
        if !self.ready.load(Ordering::SeqCst) {
            self.value.store(make(), Ordering::SeqCst);
            self.ready.store(true, Ordering::SeqCst);
        }
        self.value.load(Ordering::SeqCst)
    }
}

fn two_get(get: fn(&Lazy, &dyn Fn() -> u64) -> u64) {
    let shared = Arc::new((Lazy::default(), AtomicUsize::new(0)));
    let get_once = move |(lazy, made): &(Lazy, AtomicUsize)| {
        let make = || {
            made.fetch_add(1, Ordering::SeqCst);
            42
        };
        get(lazy, &make)
    };
    let other = {
        let shared = shared.clone();
        thread::spawn(move || get_once(&shared))
    };
    assert_eq!(get_once(&shared), 42, "read before the value was there");
    assert_eq!(other.join().unwrap(), 42, "read before the value was there");
    assert_eq!(shared.1.load(Ordering::SeqCst), 1, "made more than once");
}

pub(super) fn good() {
    two_get(Lazy::get);
}

pub(super) fn bad1() {
    two_get(Lazy::get_begun);
}

pub(super) fn bad2() {
    two_get(Lazy::get_unlocked);
}

pub(super) fn relaxed() {
    two_get(Lazy::get_relaxed);
}
