//! `Mutex` and `RwLock`.

use std::sync::{Arc, Barrier, Mutex, RwLock, TryLockError};
use std::thread;

use super::Case;

pub(super) const CASES: &[Case] = &[
    Case::new("a_mutex_makes_two_steps_one", increments, &["2"]),
    Case::new("try_lock_does_not_wait", try_lock, &["got it", "would block"]),
    Case::new("a_panic_poisons_a_mutex", poison, &["true Poisoned 5 false 5"]),
    Case::new("a_panic_caught_inside_poisons_nothing", no_poison, &["false"]),
    Case::new("readers_do_not_poison_writers_do", rwlock_poison, &["false true"]),
    Case::new("two_readers_are_in_at_once", two_readers, &["4"]),
    Case::new("a_writer_is_alone", writer_alone, &["0 0", "1 1"]),
    Case::new("the_try_methods_of_rwlock", rwlock_try, &["ok would-block would-block ok"]),
    Case::new("a_guard_dropped_while_unwinding_is_the_panicking_threads", unwinding, &["true false false"]),
    Case::new("owners_need_no_lock", owners, &["2 3 3 Mutex { data: 3, poisoned: false, .. }"]),
];

fn increments() -> String {
    let number = Arc::new(Mutex::new(0));
    let theirs = number.clone();
    let other = thread::spawn(move || *theirs.lock().unwrap() += 1);
    *number.lock().unwrap() += 1;
    other.join().unwrap();
    number.lock().unwrap().to_string()
}

fn try_lock() -> String {
    let number = Arc::new(Mutex::new(0));
    let theirs = number.clone();
    let other = thread::spawn(move || *theirs.lock().unwrap() += 1);
    let seen = match number.try_lock() {
        Ok(_) => "got it",
        Err(TryLockError::WouldBlock) => "would block",
        Err(TryLockError::Poisoned(_)) => "poisoned",
    };
    other.join().unwrap();
    seen.to_owned()
}

fn poison() -> String {
    let number = Arc::new(Mutex::new(5));
    let theirs = number.clone();
    let other = thread::spawn(move || {
        let _guard = theirs.lock().unwrap();
        panic!("while locked");
    });
    assert!(other.join().is_err());
    let was = number.is_poisoned();
    let (kind, value) = match number.lock() {
        Ok(value) => ("Ok", *value),
        Err(poisoned) => ("Poisoned", *poisoned.into_inner()),
    };
    number.clear_poison();
    format!("{was} {kind} {value} {} {}", number.is_poisoned(), number.lock().unwrap())
}

fn no_poison() -> String {
    let number = Mutex::new(5);
    let guard = number.lock().unwrap();
    let caught = std::panic::catch_unwind(|| panic!("and caught"));
    assert!(caught.is_err());
    drop(guard);
    number.is_poisoned().to_string()
}

fn rwlock_poison() -> String {
    let number = Arc::new(RwLock::new(5));
    let panics_with = |write: bool| {
        let number = number.clone();
        let other = thread::spawn(move || {
            if write {
                let _guard = number.write();
                panic!("while writing");
            }
            let _guard = number.read();
            panic!("while reading");
        });
        assert!(other.join().is_err());
    };
    panics_with(false);
    let after_reader = number.is_poisoned();
    panics_with(true);
    format!("{after_reader} {}", number.is_poisoned())
}

fn two_readers() -> String {
    let shared = Arc::new((RwLock::new(2), Barrier::new(2)));
    let theirs = shared.clone();
    let read = |(number, both): &(RwLock<i32>, Barrier)| {
        let number = number.read().unwrap();
        both.wait();
        *number
    };
    let other = thread::spawn(move || read(&theirs));
    let mine = read(&shared);
    (mine + other.join().unwrap()).to_string()
}

fn writer_alone() -> String {
    let pair = Arc::new(RwLock::new((0, 0)));
    let theirs = pair.clone();
    let other = thread::spawn(move || {
        let mut pair = theirs.write().unwrap();
        pair.0 = 1;
        thread::yield_now();
        pair.1 = 1;
    });
    let seen = *pair.read().unwrap();
    other.join().unwrap();
    format!("{} {}", seen.0, seen.1)
}

fn rwlock_try() -> String {
    let say = |locked: bool| if locked { "ok" } else { "would-block" };
    let number = RwLock::new(0);
    let reader = number.read().unwrap();
    let second_reader = say(number.try_read().is_ok());
    let writer = say(number.try_write().is_ok());
    drop(reader);
    let alone = number.write().unwrap();
    let reader = say(number.try_read().is_ok());
    drop(alone);
    format!("{second_reader} {writer} {reader} {}", say(number.try_write().is_ok()))
}

/// While one thread unwinds, the other locks and unlocks: the panic is not its own.
fn unwinding() -> String {
    struct AsksLate(Arc<Mutex<Vec<bool>>>);
    impl Drop for AsksLate {
        fn drop(&mut self) {
            self.0.lock().unwrap().push(thread::panicking());
        }
    }
    let (seen, number) = (Arc::new(Mutex::new(Vec::new())), Arc::new(Mutex::new(0)));
    let late = AsksLate(seen.clone());
    let other = thread::spawn(move || {
        let _late = late;
        panic!("with something to drop");
    });
    let mine = {
        let _number = number.lock().unwrap();
        thread::panicking()
    };
    assert!(other.join().is_err());
    let theirs = seen.lock().unwrap()[0];
    format!("{theirs} {mine} {}", number.is_poisoned())
}

fn owners() -> String {
    let mut number = Mutex::new(1);
    *number.get_mut().unwrap() += 1;
    let two = *number.lock().unwrap();
    *number.lock().unwrap() += 1;
    let text = format!("{number:?}");
    let mut lock = RwLock::from(number.into_inner().unwrap());
    format!("{two} {} {} {text}", lock.get_mut().unwrap().to_owned(), lock.into_inner().unwrap())
}
