//! # `rate-limiter`: a token bucket
//!
//! - The bucket starts full and never holds more than `capacity`. While it is not full it gets a token every
//!   `refill_every`; time spent full earns nothing. No token is lost by looking, none is made up.
//! - `try_acquire` never waits; its `retry_after` is exact. `n` 0 succeeds and `n` greater than `capacity` fails at
//!   once, both ways, whoever waits.
//! - `acquire` serves in the order of arrival, whole requests at a time. Dropped, it costs no token, and those behind
//!   it move up at once. `try_acquire` may overtake.

use std::num::NonZeroU32;
use std::sync::{Mutex, MutexGuard};
use std::time::Duration;

use tokio::time::{Instant, sleep};

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
    capacity: u32,
    refill_every: Duration,
    level: Mutex<Level>,
    /// Held by the `acquire` whose turn it is. Tokio's mutex, because it is held while sleeping and hands itself on in
    /// the order of arrival. The level has a lock of its own, so that `try_acquire` has nothing to do with the line.
    turn: tokio::sync::Mutex<()>,
}

/// Tokens are a function of time. A task that adds one per tick would tick for ever in an idle bucket, and its ticks
/// would know nothing of the instant at which the bucket ceased to be full.
struct Level {
    tokens: u32,
    /// Time up to here has been turned into tokens.
    counted_to: Instant,
}

impl TokenBucket {
    /// A full bucket that gets a token every `refill_every`.
    pub fn new(capacity: NonZeroU32, refill_every: Duration) -> Self {
        let capacity = capacity.get();
        let level = Mutex::new(Level { tokens: capacity, counted_to: Instant::now() });
        Self { capacity, refill_every, level, turn: tokio::sync::Mutex::default() }
    }

    /// Takes `n` tokens now, or none.
    ///
    /// # Errors
    ///
    /// [`TryAcquireError::NotYet`] if there are not enough tokens, [`TryAcquireError::ExceedsCapacity`] if there can
    /// never be enough.
    pub fn try_acquire(&self, n: u32) -> Result<(), TryAcquireError> {
        if n > self.capacity {
            return Err(TryAcquireError::ExceedsCapacity);
        }
        // One look at the clock. With a second one below, the answer would be that of a later question.
        let now = Instant::now();
        let mut level = self.level(now);
        if n <= level.tokens {
            level.tokens -= n;
            return Ok(());
        }
        let missing = n - level.tokens;
        // Saturating: 3 × `Duration::MAX` is no duration, but a long wait.
        let from_counted = self.refill_every.saturating_mul(missing);
        Err(TryAcquireError::NotYet { retry_after: from_counted.saturating_sub(now - level.counted_to) })
    }

    /// Takes `n` tokens as soon as it is this call's turn and there are enough.
    ///
    /// # Errors
    ///
    /// [`ExceedsCapacity`] if there can never be enough.
    pub async fn acquire(&self, n: u32) -> Result<(), ExceedsCapacity> {
        if n > self.capacity {
            return Err(ExceedsCapacity);
        }
        // Who wants nothing has nothing to wait for; in line it would wait for the tokens of others.
        if n == 0 {
            return Ok(());
        }
        // Dropped in line, or asleep, this call has taken nothing yet: there is nothing to undo, and the turn goes on
        // to the next. Booking tokens first and sleeping until they are there needs a guard that gives them back, and
        // a way to wake those behind, who can now have them earlier.
        let _turn = self.turn.lock().await;
        // A loop, because `try_acquire` may have overtaken this call while it slept.
        while let Err(TryAcquireError::NotYet { retry_after }) = self.try_acquire(n) {
            sleep(retry_after).await;
        }
        Ok(())
    }

    /// How many tokens there are now.
    pub fn available(&self) -> u32 {
        self.level(Instant::now()).tokens
    }

    /// The level at this instant.
    fn level(&self, now: Instant) -> MutexGuard<'_, Level> {
        let mut level = self.level.lock().expect("nothing panics while it holds this lock");
        let missing = self.capacity - level.tokens;
        // In nanoseconds: milliseconds would make a period of zero of everything below one. `u128`, because `u64` ends
        // after 584 years. And integers: tenths of a token do not add up to one in `f64`.
        let earned = now.saturating_duration_since(level.counted_to).as_nanos() / self.refill_every.as_nanos();
        match u32::try_from(earned) {
            // Only the time that has become tokens is used up. The rest stays, however often somebody looks.
            Ok(earned) if earned < missing => {
                level.tokens += earned;
                level.counted_to += self.refill_every * earned;
            }
            // Full: what is left of the time is gone, or the next token would come too soon.
            _ => {
                level.tokens = self.capacity;
                level.counted_to = level.counted_to.max(now);
            }
        }
        level
    }
}
