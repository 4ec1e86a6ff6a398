//! # `counting-semaphore`: a limited number of permits, and threads that sleep until there is one
//!
//! ```rust,ignore
//! let seats = CountingSemaphore::new(2);
//! thread::scope(|scope| {
//!     for _ in 0..5 {
//!         scope.spawn(|| {
//!             let _seat = seats.acquire(); // sleeps while both seats are taken
//!             eat();
//!         }); // here the seat is free again, even if `eat` has panicked
//!     }
//! });
//! assert_eq!(seats.available(), 2);
//! ```
//!
//! # The contract
//!
//! Any number of threads share one semaphore, by reference or in an `Arc`, and call its methods at the same time.
//! *At rest* means: every call has returned, or sleeps in `acquire`.
//!
//! - **Permits.** There are never more permits out than `new` and `add_permits` have made, and all of them can be out
//!   at the same time. Dropping a permit gives it back, without waiting for anybody. They come back in any order.
//! - **`acquire`** takes a permit if one is free; otherwise it waits for one. At rest there is never a free permit
//!   while somebody waits. Who of those that wait is next, and whether a newcomer may be quicker, is up to you.
//! - **`try_acquire`** never waits, whoever else does. It returns `None` only if every permit is taken or owed to
//!   somebody who waits, and then nothing has changed. (A permit is owed to a waiter from the moment at which it comes
//!   back until the waiter has woken up. You may give it to a newcomer all the same.)
//! - **`add_permits(n)`** makes n permits more, for good. Up to n of those who wait go on, at once: none of them waits
//!   for another permit to come back first. What nobody waits for stays free. It never waits either.
//! - **`available`** is the number of free permits, exact at rest; those who wait do not count.
//! - **Edges.** `new(0)` is legal: `acquire` then waits for `add_permits`. `add_permits(0)` does nothing. There are
//!   never more than 10 000 permits, so the count cannot overflow. A semaphore that is dropped leaves no thread behind.
//! - **Waiting costs no CPU.** A thread that waits sleeps until somebody wakes it because of a permit. It does not look
//!   again and again, nor every now and then by the clock; a few looks before it falls asleep are fine. It may wake up
//!   in vain, because another was quicker or for no reason at all, and then it sleeps on.
//! - **Panic.** A thread that panics while it holds a permit gives it back, to somebody who waits if there is one. The
//!   semaphore works on as before, for everybody.
//!
//! A wait cannot be given up: a thread in `acquire` stays there until it has a permit.

use std::marker::PhantomData;

/// Hands out a limited number of permits.
pub struct CountingSemaphore {
    // bound: what is counted, and who may look at the count while it changes?
    // run: what does a thread sleep on that finds nothing?
}

/// The right to go on. It is given back when it is dropped.
#[must_use = "a permit that is not kept is given back at once"]
pub struct Permit<'a> {
    // own the ends: what does a permit need to know about where it comes from?
    semaphore: PhantomData<&'a CountingSemaphore>,
}

impl CountingSemaphore {
    /// A semaphore with that many free permits.
    pub fn new(permits: usize) -> Self {
        todo!("begin with {permits} free permits and nobody who waits")
    }

    /// Takes a permit, and sleeps until there is one.
    pub fn acquire(&self) -> Permit<'_> {
        todo!("sleep as long as no permit is free, then take one")
    }

    /// Takes a permit if one is free.
    pub fn try_acquire(&self) -> Option<Permit<'_>> {
        todo!("look and take in one step, without waiting for a permit")
    }

    /// Makes `n` permits more, and lets up to `n` of those who wait go on.
    pub fn add_permits(&self, n: usize) {
        todo!("{n} more are free: whom do you wake?")
    }

    /// How many permits are free.
    pub fn available(&self) -> usize {
        todo!("say how many permits nobody holds")
    }
}

// stop: how does a permit find its way home, whatever happens to the thread that holds it?
