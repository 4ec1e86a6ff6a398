//! # `producer-consumer`: a bounded buffer between threads
//!
//! Producers push, consumers pop, and between them stands a buffer with room for a fixed number of items. Whoever is
//! too fast has to wait.
//!
//! ```rust,ignore
//! let buffer = BoundedBuffer::new(NonZeroUsize::new(16).unwrap());
//! thread::scope(|scope| {
//!     scope.spawn(|| {
//!         while let Some(line) = buffer.pop() {
//!             write_to_disk(&line); // slower than the lines arrive
//!         }
//!     });
//!     for line in log {
//!         buffer.push(line).expect("nobody else closes it"); // never more than 16 lines ahead
//!     }
//!     buffer.close(); // the lines inside are still written; then `pop` answers `None`
//! });
//! ```
//!
//! # The contract
//!
//! Any number of threads use one buffer at the same time. `BoundedBuffer<T>` is `Send + Sync` for every `T` that is
//! `Send`; nothing else is asked of `T`. Capacities stay below 10 001, so room for all items may be set aside at once.
//!
//! In and out
//!
//! - **Capacity.** Exactly `capacity` items fit in, and never more are inside.
//! - **Waiting.** `push` waits while the buffer is full, `pop` while it is empty and open. One place that becomes free
//!   lets one waiting `push` go on, one item that comes in lets one waiting `pop` go on, however many wait. Which of
//!   them goes first is up to you.
//! - **Order.** First in, first out: if one `push` has returned before another begins, its item comes out first,
//!   whichever threads make the calls.
//! - **Once.** An item that went in comes out of exactly one `pop`, or is dropped with the buffer.
//! - **`try_push`** never waits, also not behind calls that do. It may overtake a waiting `push`. It answers `Full`
//!   only if every place is taken. A place is taken from the moment a `push` or `try_push` lays claim to it until the
//!   `pop` that takes its item out has returned.
//! - **`len`** is the number of items inside. It never waits, either, and is never more than `capacity`. Calls that
//!   wait do not count; an item that is just going in or out may count already, or still.
//! - **Sleep.** Waiting costs no CPU: a thread that waits sleeps until another one wakes it, and does not look again
//!   by itself, neither in a loop nor by a timer. A wake-up that has another reason (a stray `unpark`, a spurious one)
//!   lets nobody go on.
//!
//! The end
//!
//! - **Close.** `close` never waits. Once it has returned, every `push` and `try_push` gives its item back in `Closed`,
//!   whether there is room or not. A `push` that waits gets its item back, a `pop` that waits gets `None`. A `push`
//!   that was about to go in may still do so; if it returns `Ok`, its item comes out like any other.
//! - **Drain.** Items inside still come out, in order. Then every `pop` answers `None`, for ever: no item comes after
//!   a `None`. Closing twice is closing once.
//! - **Drop.** Items that are left are dropped with the buffer, each once.
//!
//! There is nothing to cancel, and none of the caller's code runs inside a call: no call panics. A thread that panics
//! elsewhere harms nobody.

use std::marker::PhantomData;
use std::num::NonZeroUsize;

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
    // own the ends: what belongs together, so that nobody ever sees one part of it change without the other?
    // bound: who waits for what?
    items: PhantomData<fn(T) -> T>,
}

impl<T> BoundedBuffer<T> {
    /// An empty buffer with room for that many items.
    pub fn new(capacity: NonZeroUsize) -> Self {
        todo!("make a buffer with {capacity} places")
    }

    /// Puts an item in as soon as there is room for it.
    ///
    /// # Errors
    ///
    /// [`Closed`] gives the item back if the buffer is closed, or closes while this waits.
    pub fn push(&self, item: T) -> Result<(), Closed<T>> {
        // run: wait until there is a place, or none will be given any more; then wake whom it concerns
        let _ = (self.items, item);
        todo!("wait for a place, put the item in, and let a waiting `pop` know")
    }

    /// Puts an item in if there is room for it right now.
    ///
    /// # Errors
    ///
    /// [`TryPushError`] gives the item back if there is not, or if the buffer is closed.
    pub fn try_push(&self, item: T) -> Result<(), TryPushError<T>> {
        let _ = item;
        todo!("put the item in, or say at once why not")
    }

    /// Takes out the item that has been inside the longest, as soon as there is one. `None` means that the buffer is
    /// closed and no item will ever come.
    pub fn pop(&self) -> Option<T> {
        // collect
        todo!("wait for an item or the end, and let a waiting `push` know of the place")
    }

    /// Lets no more items in. Those inside still come out.
    pub fn close(&self) {
        // stop: who may be waiting at this moment, and for what?
        todo!("close, and wake everybody who waits")
    }

    /// The number of items inside.
    #[expect(clippy::len_without_is_empty, reason = "between two calls, empty means nothing")]
    pub fn len(&self) -> usize {
        todo!("count the items inside")
    }
}
