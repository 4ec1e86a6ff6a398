//! The contract of `counting-semaphore` under every schedule.

// Counts kept in atomics of `core` belong to the test: looking at them is no step of a schedule.
use core::sync::atomic::{AtomicUsize, Ordering};
use std::mem::forget;
use std::thread;
use std::time::Duration;

use lab::prelude::*;

use crate::counting_semaphore::CountingSemaphore;

/// A permit that comes back while a thread is about to fall asleep reaches it.
#[model::test(rejects(M68), read = "Waiting is not looking again")]
fn a_permit_that_comes_back_is_not_missed() {
    let semaphore = CountingSemaphore::new(1);
    thread::scope(|scope| {
        scope.spawn(|| drop(semaphore.acquire()));
        drop(semaphore.acquire());
    });
}

/// There are never more permits out than were made, whoever is quicker.
#[model::test(rejects(M67), read = "Waiting is not looking again")]
fn one_permit_is_never_in_two_hands() {
    let semaphore = CountingSemaphore::new(1);
    let out = AtomicUsize::new(0);
    let visit = || {
        let _permit = semaphore.acquire();
        let others = out.fetch_add(1, Ordering::Relaxed);
        expect(others == 0, "at most 1 permit out, of 1", "2");
        thread::yield_now();
        out.fetch_sub(1, Ordering::Relaxed);
    };
    thread::scope(|scope| {
        scope.spawn(visit);
        visit();
        visit();
    });
}

/// Permits that are made while threads are about to fall asleep reach them.
#[model::test(rejects(M68, M69), read = "Whom to wake")]
fn permits_that_are_added_are_not_missed() {
    let semaphore = CountingSemaphore::new(0);
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| forget(semaphore.acquire()));
        }
        semaphore.add_permits(2);
    });
}

/// Every permit that comes back finds somebody who waits, also if several come one after another.
#[model::test(rejects(M69), read = "Whom to wake")]
fn every_permit_that_comes_back_wakes_somebody() {
    let semaphore = CountingSemaphore::new(2);
    let permits = [semaphore.acquire(), semaphore.acquire()];
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| forget(semaphore.acquire()));
        }
        permits.map(drop);
    });
}

/// Of two threads that try to take the only permit, one gets it.
#[model::test(rejects(M55), read = "Check and act in one step")]
fn of_two_that_try_for_one_permit_one_gets_it() {
    let semaphore = CountingSemaphore::new(1);
    let got = AtomicUsize::new(0);
    let attempt = || {
        if let Some(permit) = semaphore.try_acquire() {
            got.fetch_add(1, Ordering::Relaxed);
            // They keep it: whoever comes late must find nothing.
            forget(permit);
        }
    };
    thread::scope(|scope| {
        scope.spawn(attempt);
        attempt();
    });
    expect_eq("permits for two threads that try, 1 being free", 1, got.into_inner());
}

/// `try_acquire` finds a free permit, whatever others do at the same moment.
#[model::test(rejects(), read = "One word, one instruction")]
fn of_two_that_try_for_two_permits_both_get_one() {
    let semaphore = CountingSemaphore::new(2);
    let attempt = || {
        let permit = semaphore.try_acquire();
        expect(permit.is_some(), "a permit for each of two threads that try, 2 being free", "`None` for one of them");
        forget(permit);
    };
    thread::scope(|scope| {
        scope.spawn(attempt);
        attempt();
    });
}

/// `try_acquire` takes what is not owed to anybody who waits.
#[model::test(rejects(), read = "Whom to wake")]
fn a_permit_that_is_owed_to_nobody_can_be_taken() {
    let semaphore = CountingSemaphore::new(0);
    thread::scope(|scope| {
        scope.spawn(|| forget(semaphore.acquire()));
        semaphore.add_permits(2);
        let permit = semaphore.try_acquire();
        expect(permit.is_some(), "a permit from `try_acquire`: 2 were added, and only 1 thread waits", "`None`");
    });
}

/// No permit is lost and none comes into being, whatever happens at the same time.
#[model::test(rejects(M55), read = "Check and act in one step")]
fn no_permit_is_lost_and_none_comes_into_being() {
    let semaphore = CountingSemaphore::new(1);
    thread::scope(|scope| {
        scope.spawn(|| drop(semaphore.acquire()));
        scope.spawn(|| drop(semaphore.try_acquire()));
        semaphore.add_permits(1);
    });
    expect_eq("free permits when all have come back, after `new(1)` and `add_permits(1)`", 2, semaphore.available());
}

/// A thread that wakes up for no reason sleeps on until it has a permit.
#[model::test(rejects(M67), read = "Waiting is not looking again", spurious)]
fn waking_up_is_not_having_a_permit() {
    let semaphore = CountingSemaphore::new(0);
    let (made, out) = (AtomicUsize::new(0), AtomicUsize::new(0));
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                forget(semaphore.acquire());
                let out = out.fetch_add(1, Ordering::Relaxed) + 1;
                let made = made.load(Ordering::Relaxed);
                expect(out <= made, format_args!("at most {made} permits out, as many as were made"), out);
            });
        }
        for _ in 0..2 {
            made.fetch_add(1, Ordering::Relaxed);
            semaphore.add_permits(1);
        }
    });
}

/// A thread that waits for an hour does nothing in that hour.
#[model::test(rejects(M66), read = "Waiting is not looking again")]
fn waiting_for_an_hour_is_one_step() {
    let semaphore = CountingSemaphore::new(0);
    thread::scope(|scope| {
        scope.spawn(|| forget(semaphore.acquire()));
        // Virtual time: it passes at once if there is nothing else to do.
        thread::sleep(Duration::from_secs(3600));
        semaphore.add_permits(1);
    });
}
