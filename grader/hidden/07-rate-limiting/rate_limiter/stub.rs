//! # `rate-limiter`: a token bucket
//!
//! A bucket holds up to `capacity` tokens. It starts full, and every `refill_every` it gets another token, as long as
//! there is room for it. Whoever wants to do something takes tokens first: now or not at all with `try_acquire`, or as
//! soon as there are enough with `acquire`.
//!
//! ```rust,ignore
//! // Bursts of up to 10, and ten per second in the long run.
//! let bucket = TokenBucket::new(ten, Duration::from_millis(100));
//!
//! bucket.acquire(4).await.expect("4 is not more than the bucket can hold");
//! match bucket.try_acquire(7) {
//!     Ok(()) => println!("seven more"),
//!     Err(TryAcquireError::NotYet { retry_after }) => println!("not yet, but in {retry_after:?}"), // 100 ms
//!     Err(TryAcquireError::ExceedsCapacity) => println!("never"),
//! }
//! ```
//!
//! # The contract
//!
//! Tokens
//!
//! - **Full.** The bucket starts with `capacity` tokens and never holds more, however long nobody takes any.
//! - **Refill.** While it is not full, it gets a token every `refill_every`, counted from the instant at which it
//!   ceased to be full. Time spent full earns nothing: the first token taken from a full bucket is replaced one whole
//!   `refill_every` later.
//! - **Exact.** In the long run, too: no token is lost by looking often, at odd moments, or by taking tokens between
//!   two refills, and none is made up.
//! - **Extremes.** Nothing panics or overflows, whatever the capacity, with a `refill_every` from one nanosecond to
//!   `Duration::MAX`, or after a century without a call. A waiting time of more than a year need not be exact; it
//!   only has to be more than a year. `refill_every` is greater than zero.
//!
//! Taking tokens
//!
//! - **Now.** `try_acquire` never waits, and `available` neither. A try takes all `n` tokens, or none and says when:
//!   `retry_after` is exact. If nobody else takes tokens, the same call succeeds after that time, and not a millisecond
//!   earlier.
//! - **Later.** `acquire` returns as soon as it is its turn and there are `n` tokens; at once, if that is now.
//! - **Nothing.** With `n` 0 both succeed at once, whoever waits.
//! - **Too much.** With `n` greater than `capacity` both fail at once, whoever waits: there will never be so many.
//!
//! Waiting
//!
//! - **In line.** Calls of `acquire` are served in the order in which they were first polled, a whole request at a
//!   time. A small request behind a big one waits until the big one has all its tokens. `try_acquire` does not stand
//!   in line; it may overtake.
//! - **Promised tokens.** While somebody waits, `available` and `try_acquire` may count tokens as taken that those in
//!   line are waiting for. They never count more than there are, and while nobody waits they are exact.
//! - **Cancelled.** An `acquire` that is dropped before it has returned costs no token, whenever that happens, and
//!   those behind it move up at once. (One that is neither polled nor dropped may hold up those behind it.)
//! - **Cost.** A waiting `acquire` sleeps; it does not look again and again. If you start a task, it ends when the
//!   bucket is dropped.
//!
//! All calls are made inside a tokio runtime, and time is tokio's: `tokio::time::Instant` and its timers, all of which
//! the tests can move. A bucket is shared by many tasks, so it is `Send + Sync`; the future of `acquire` need not be.

use std::num::NonZeroU32;
use std::time::Duration;

/// More tokens were asked for than the bucket can ever hold.
#[derive(Debug, PartialEq, Eq)]
pub struct ExceedsCapacity;

/// Why [`TokenBucket::try_acquire`] took nothing.
#[derive(Debug, PartialEq, Eq)]
pub enum TryAcquireError {
    /// There are not enough tokens now.
    NotYet {
        /// After this time there will be, if nobody else takes any.
        retry_after: Duration,
    },
    /// There will never be so many.
    ExceedsCapacity,
}

/// Tokens that come at a fixed rate and are saved up to a limit.
pub struct TokenBucket {
    // bound: what do you have to remember, so that the number of tokens can be computed at any later instant?
}

impl TokenBucket {
    /// A full bucket that gets a token every `refill_every`.
    pub fn new(capacity: NonZeroU32, refill_every: Duration) -> Self {
        let _ = (capacity, refill_every);
        todo!("make a bucket that is full from now on")
    }

    /// Takes `n` tokens now, or none.
    ///
    /// # Errors
    ///
    /// [`TryAcquireError::NotYet`] if there are not enough tokens, [`TryAcquireError::ExceedsCapacity`] if there can
    /// never be enough.
    pub fn try_acquire(&self, n: u32) -> Result<(), TryAcquireError> {
        todo!("count the tokens that have come, and take {n} of them or say when to come back")
    }

    /// Takes `n` tokens as soon as it is this call's turn and there are enough.
    ///
    /// # Errors
    ///
    /// [`ExceedsCapacity`] if there can never be enough.
    pub async fn acquire(&self, n: u32) -> Result<(), ExceedsCapacity> {
        // run: what must be undone if this future is dropped while it waits? Best have nothing to undo.
        todo!("wait in line, then for the tokens, and only then take all {n} of them")
    }

    /// How many tokens there are now.
    pub fn available(&self) -> u32 {
        todo!("count the tokens that have come")
    }
}
