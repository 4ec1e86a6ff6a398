//! `Condvar` and `Barrier`.

use std::sync::{Arc, Barrier, Condvar, Mutex};
use std::thread;
use std::time::Duration;

use super::Case;

pub(super) const CASES: &[Case] = &[
    Case::new("a_waiter_gives_the_lock_away", gives_lock_away, &["1"]),
    Case::new("notify_all_wakes_all", notify_all, &["2"]),
    Case::new("either_of_two_waiters_may_be_woken", notify_one, &["1", "2"]),
    Case::new("a_wait_that_is_too_long_says_so", timed_out, &["true 0"]),
    Case::new("wait_timeout_while_looks_at_the_condition", timeout_while, &["false 1"]).or_in_real_time(&["true 0"]),
    Case::new("a_barrier_has_one_leader", barrier, &["1"]),
    Case::new("a_barrier_can_be_used_again", barrier_twice, &["2"]),
];

type Shared = Arc<(Mutex<u32>, Condvar)>;

fn gives_lock_away() -> String {
    let shared = Shared::default();
    let theirs = shared.clone();
    let other = thread::spawn(move || {
        *theirs.0.lock().unwrap() = 1;
        theirs.1.notify_one();
    });
    let number = shared.1.wait_while(shared.0.lock().unwrap(), |number| *number == 0).unwrap();
    let seen = *number;
    drop(number);
    other.join().unwrap();
    seen.to_string()
}

fn notify_all() -> String {
    let shared = Shared::default();
    let wait = |_| {
        let shared = shared.clone();
        thread::spawn(move || drop(shared.1.wait_while(shared.0.lock().unwrap(), |number| *number == 0).unwrap()))
    };
    let waiters: Vec<_> = (0..2).map(wait).collect();
    *shared.0.lock().unwrap() = 1;
    shared.1.notify_all();
    waiters.into_iter().map(|waiter| waiter.join().unwrap()).count().to_string()
}

/// Both wait; one is woken, and says who it was before it wakes the other.
fn notify_one() -> String {
    let state = Arc::new((Mutex::new((0, None)), Condvar::new(), Condvar::new()));
    let wait = |number: u32| {
        let state = state.clone();
        thread::spawn(move || {
            let (lock, woken, arrived) = &*state;
            let mut guard = lock.lock().unwrap();
            guard.0 += 1;
            arrived.notify_one();
            // No loop: a wake-up for no reason would count as the one asked for, which is allowed, too.
            guard = woken.wait(guard).unwrap();
            guard.1.get_or_insert(number);
            woken.notify_one();
        })
    };
    let waiters = [wait(1), wait(2)];
    let (lock, woken, arrived) = &*state;
    let guard = arrived.wait_while(lock.lock().unwrap(), |state| state.0 < 2).unwrap();
    drop(guard);
    woken.notify_one();
    for waiter in waiters {
        waiter.join().unwrap();
    }
    let first = lock.lock().unwrap().1;
    first.unwrap().to_string()
}

fn timed_out() -> String {
    let (lock, condvar) = (Mutex::new(0), Condvar::new());
    let wait = Duration::from_millis(1);
    let (number, result) = condvar.wait_timeout_while(lock.lock().unwrap(), wait, |number| *number == 0).unwrap();
    format!("{} {number}", result.timed_out())
}

fn timeout_while() -> String {
    let shared = Shared::default();
    let theirs = shared.clone();
    let other = thread::spawn(move || {
        *theirs.0.lock().unwrap() = 1;
        theirs.1.notify_one();
    });
    let long = Duration::from_secs(5);
    let waited = shared.1.wait_timeout_while(shared.0.lock().unwrap(), long, |number| *number == 0);
    let (number, result) = waited.unwrap();
    let outcome = format!("{} {number}", result.timed_out());
    drop(number);
    other.join().unwrap();
    outcome
}

fn barrier() -> String {
    let barrier = Arc::new(Barrier::new(2));
    let theirs = barrier.clone();
    let other = thread::spawn(move || theirs.wait().is_leader());
    let mine = barrier.wait().is_leader();
    (u32::from(mine) + u32::from(other.join().unwrap())).to_string()
}

fn barrier_twice() -> String {
    let barrier = Barrier::new(2);
    let twice = || u32::from(barrier.wait().is_leader()) + u32::from(barrier.wait().is_leader());
    thread::scope(|scope| {
        let other = scope.spawn(twice);
        (twice() + other.join().unwrap()).to_string()
    })
}
