//! # `counting-semaphore`: a limited number of permits, and threads that sleep until there is one
//!
//! - Never more permits out than were made; dropping a permit gives it back, also in a panic.
//! - `acquire` sleeps until it gets a permit; at rest no permit is free while somebody waits.
//! - `try_acquire` never waits; `None` only if every permit is taken or owed to somebody who waits.
//! - `add_permits(n)` lets up to n of those who wait go on, at once.
//! - Waiting costs no CPU.

use std::sync::{Condvar, Mutex, MutexGuard};

/// Hands out a limited number of permits.
pub struct CountingSemaphore {
    /// How many permits are free. Not an atomic beside a lock: between a look at an atomic and the wait, a permit could
    /// come back without being noticed. Whoever waits must look and fall asleep under the lock under which the count
    /// changes.
    free: Mutex<usize>,
    /// Somebody has given permits back, or made new ones.
    freed: Condvar,
}

/// The right to go on. It is given back when it is dropped.
#[must_use = "a permit that is not kept is given back at once"]
pub struct Permit<'a> {
    /// A reference and not a guard of the lock: with a guard, holding a permit would lock all others out.
    semaphore: &'a CountingSemaphore,
}

impl CountingSemaphore {
    /// A semaphore with that many free permits.
    pub fn new(permits: usize) -> Self {
        Self { free: Mutex::new(permits), freed: Condvar::new() }
    }

    /// Takes a permit, and sleeps until there is one.
    pub fn acquire(&self) -> Permit<'_> {
        // `wait_while` and not an `if`: between the notification and the moment at which we have the lock again, a
        // newcomer may take the permit. And `wait` may return for no reason at all.
        let nothing_free = |free: &mut usize| *free == 0;
        let mut free = self.freed.wait_while(self.free(), nothing_free).expect("nobody panics under this lock");
        *free -= 1;
        // Only now: a permit that exists is a permit that is taken.
        Permit { semaphore: self }
    }

    /// Takes a permit if one is free.
    pub fn try_acquire(&self) -> Option<Permit<'_>> {
        // `lock` and not `try_lock`: a busy lock says nothing about permits, and nobody keeps it for long. Those who
        // wait have let go of it.
        let mut free = self.free();
        *free = free.checked_sub(1)?;
        // `then_some(Permit { … })` would make the permit in any case, and drop it, which counts, where there was none.
        Some(Permit { semaphore: self })
    }

    /// Makes `n` permits more, and lets up to `n` of those who wait go on.
    pub fn add_permits(&self, n: usize) {
        *self.free() += n;
        // One `notify_one` would wake one, however many permits there are. `n` of them would do, but `n` may be far
        // larger than the number of those who wait; whoever is woken in vain sleeps on.
        self.freed.notify_all();
    }

    /// How many permits are free.
    pub fn available(&self) -> usize {
        *self.free()
    }

    fn free(&self) -> MutexGuard<'_, usize> {
        // The sections under this lock are single lines of arithmetic, so it is never poisoned. Panics of those who
        // hold permits are none of its business: they do not hold the lock.
        self.free.lock().expect("nobody panics under this lock")
    }
}

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        *self.semaphore.free() += 1;
        // One permit, one waiter, and it does not matter which: all of them wait for the same thing. And for every
        // permit, not only for the first that is free: each notification wakes one. The lock is released by now, so
        // that nobody wakes up only to wait for it; what counts is that the change was made under it.
        self.semaphore.freed.notify_one();
    }
}
