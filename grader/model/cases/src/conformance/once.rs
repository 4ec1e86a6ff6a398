//! `Once`, `OnceLock`, `LazyLock`.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, LazyLock, Once, OnceLock};
use std::thread;

use super::Case;

pub(super) const CASES: &[Case] = &[
    Case::new("once_is_once_and_is_waited_for", once, &["1 true"]),
    Case::new("a_panic_poisons_once_until_it_is_forced", once_poison, &["panics poisoned=true true"]),
    Case::new("everybody_gets_the_same_value", once_lock, &["1 1", "2 2"]),
    Case::new("one_of_two_sets_wins", once_set, &["Ok(()) Err(2) 1", "Err(1) Ok(()) 2"]),
    Case::new("a_panic_leaves_a_once_lock_empty", once_lock_panic, &["None 3"]),
    Case::new("a_panic_poisons_a_lazy_lock_for_good", lazy_panic, &["true true 1"]),
    Case::new("a_static_is_made_by_whoever_is_first", lazy_static, &["[7] [7]"]),
    Case::new("waiting_for_a_once_lock", once_wait, &["4"]),
];

fn once() -> String {
    let shared = Arc::new((Once::new(), AtomicUsize::new(0)));
    let call = |(once, count): &(Once, AtomicUsize)| {
        once.call_once(|| {
            count.fetch_add(1, Ordering::SeqCst);
        });
        assert_eq!(count.load(Ordering::SeqCst), 1);
    };
    let theirs = shared.clone();
    let other = thread::spawn(move || call(&theirs));
    call(&shared);
    other.join().unwrap();
    format!("{} {}", shared.1.load(Ordering::SeqCst), shared.0.is_completed())
}

fn once_poison() -> String {
    let once = Once::new();
    let panics = |f: &dyn Fn()| catch_unwind(AssertUnwindSafe(f)).is_err();
    assert!(panics(&|| once.call_once(|| panic!("inside"))));
    let then = if panics(&|| once.call_once(|| ())) { "panics" } else { "runs" };
    let mut poisoned = false;
    once.call_once_force(|state| poisoned = state.is_poisoned());
    format!("{then} poisoned={poisoned} {}", once.is_completed())
}

fn once_lock() -> String {
    let cell = Arc::new(OnceLock::new());
    let theirs = cell.clone();
    let other = thread::spawn(move || *theirs.get_or_init(|| 1));
    let mine = *cell.get_or_init(|| 2);
    format!("{} {mine}", other.join().unwrap())
}

fn once_set() -> String {
    let cell = Arc::new(OnceLock::new());
    let theirs = cell.clone();
    let other = thread::spawn(move || theirs.set(1));
    let mine = cell.set(2);
    format!("{:?} {mine:?} {}", other.join().unwrap(), cell.get().unwrap())
}

fn once_lock_panic() -> String {
    let cell = OnceLock::new();
    let panicked = catch_unwind(AssertUnwindSafe(|| *cell.get_or_init(|| panic!("inside"))));
    assert!(panicked.is_err());
    format!("{:?} {}", cell.get(), cell.get_or_init(|| 3))
}

fn lazy_panic() -> String {
    let calls = AtomicUsize::new(0);
    let lazy: LazyLock<(), _> = LazyLock::new(|| {
        calls.fetch_add(1, Ordering::SeqCst);
        panic!("inside")
    });
    let panics = || catch_unwind(AssertUnwindSafe(|| LazyLock::force(&lazy))).is_err();
    format!("{} {} {}", panics(), panics(), calls.load(Ordering::SeqCst))
}

fn lazy_static() -> String {
    static NUMBERS: LazyLock<Vec<u32>> = LazyLock::new(|| vec![7]);
    let other = thread::spawn(|| format!("{:?}", *NUMBERS));
    format!("{:?} {}", *NUMBERS, other.join().unwrap())
}

fn once_wait() -> String {
    let cell = Arc::new(OnceLock::new());
    let theirs = cell.clone();
    let other = thread::spawn(move || theirs.set(4).unwrap());
    let seen = *cell.wait();
    other.join().unwrap();
    seen.to_string()
}
