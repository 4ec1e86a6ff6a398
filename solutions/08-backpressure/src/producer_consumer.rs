//! # `producer-consumer`: a bounded buffer between threads
//!
//! - Never more than `capacity` items inside; first in, first out; each item exactly once.
//! - `push` waits while the buffer is full, `pop` while it is empty. Whoever waits sleeps. `try_push` never waits.
//! - `close` gives waiting and later pushes their items back. Pops take out the rest, then get `None` for ever.
//! - Items that are left are dropped with the buffer.

use std::collections::VecDeque;
use std::num::NonZeroUsize;
use std::sync::{Condvar, Mutex, MutexGuard};

/// The buffer is closed; here is the item back.
#[derive(Debug, PartialEq, Eq)]
pub struct Closed<T>(pub T);

/// Why an item did not go in; here it is back.
#[derive(Debug, PartialEq, Eq)]
pub enum TryPushError<T> {
    /// Every place is taken.
    Full(T),
    /// The buffer is closed, full or not.
    Closed(T),
}

/// A queue with room for a fixed number of items, for many producers and many consumers.
pub struct BoundedBuffer<T> {
    capacity: usize,
    state: Mutex<State<T>>,
    /// Pushes wait here: for a place, or the end.
    not_full: Condvar,
    /// Pops wait here: for an item, or the end.
    // With one condition variable for both, `notify_one` may wake a push for the sake of an item, and the pop sleeps
    // on. `notify_all` would be right, and would wake everybody for every item.
    not_empty: Condvar,
}

/// Everything that somebody may wait for changes under one lock.
// `closed` as an atomic beside the lock could change after a pop has looked at it and before it sleeps.
struct State<T> {
    items: VecDeque<T>,
    closed: bool,
}

impl<T> BoundedBuffer<T> {
    /// An empty buffer with room for that many items.
    pub fn new(capacity: NonZeroUsize) -> Self {
        let state = State { items: VecDeque::new(), closed: false };
        let (not_full, not_empty) = (Condvar::new(), Condvar::new());
        Self { capacity: capacity.get(), state: Mutex::new(state), not_full, not_empty }
    }

    /// Puts an item in as soon as there is room for it.
    ///
    /// # Errors
    ///
    /// [`Closed`] gives the item back if the buffer is closed, or closes while this waits.
    pub fn push(&self, item: T) -> Result<(), Closed<T>> {
        let mut state = self.state();
        // `while`, not `if`: a `try_push` may have taken the place between the wake-up and this look, and a condition
        // variable may wake for no reason.
        while state.items.len() == self.capacity && !state.closed {
            state = self.not_full.wait(state).expect(NEVER_POISONED);
        }
        // After the wait and not inside the loop: there may be a place *and* an end, and the end counts.
        if state.closed {
            return Err(Closed(item));
        }
        self.put(state, item);
        Ok(())
    }

    /// Puts an item in if there is room for it right now.
    ///
    /// # Errors
    ///
    /// [`TryPushError`] gives the item back if there is not, or if the buffer is closed.
    pub fn try_push(&self, item: T) -> Result<(), TryPushError<T>> {
        // Not `try_lock`: the lock is never held for long, and a lock that is taken is no full buffer.
        let state = self.state();
        if state.closed {
            return Err(TryPushError::Closed(item));
        }
        if state.items.len() == self.capacity {
            return Err(TryPushError::Full(item));
        }
        self.put(state, item);
        Ok(())
    }

    /// Takes out the item that has been inside the longest, as soon as there is one. `None` means that the buffer is
    /// closed and no item will ever come.
    pub fn pop(&self) -> Option<T> {
        let mut state = self.state();
        while state.items.is_empty() && !state.closed {
            state = self.not_empty.wait(state).expect(NEVER_POISONED);
        }
        // The items come before the end: what is inside is still handed out.
        let item = state.items.pop_front()?;
        drop(state);
        // One place, one push. Not only when the buffer was full before: of two places that become free in a row, the
        // second concerns somebody, too.
        self.not_full.notify_one();
        Some(item)
    }

    /// Lets no more items in. Those inside still come out.
    pub fn close(&self) {
        self.state().closed = true;
        // The end concerns everybody, and nobody passes it on.
        self.not_full.notify_all();
        self.not_empty.notify_all();
    }

    /// The number of items inside.
    #[expect(clippy::len_without_is_empty, reason = "between two calls, empty means nothing")]
    pub fn len(&self) -> usize {
        self.state().items.len()
    }

    /// Puts an item into a place that is free, and wakes a pop for it.
    fn put(&self, mut state: MutexGuard<'_, State<T>>, item: T) {
        state.items.push_back(item);
        // Whoever is woken wants the lock first.
        drop(state);
        self.not_empty.notify_one();
    }

    fn state(&self) -> MutexGuard<'_, State<T>> {
        self.state.lock().expect(NEVER_POISONED)
    }
}

const NEVER_POISONED: &str = "none of the caller's code runs under this lock, so nobody panics under it";
