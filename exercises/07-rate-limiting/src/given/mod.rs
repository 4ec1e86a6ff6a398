//! What the exercises of this lesson are given.

use std::num::NonZeroU32;
use std::time::Duration;

use tokio::sync::Mutex;
use tokio::time::{Instant, sleep};

/// A bucket of tokens: full at the start, one more every `refill_every`, never more than `capacity`.
///
/// Tokens are taken one at a time, and those who wait for one are served in the order in which they came. (The bucket
/// of `rate-limiter` can do more.)
pub struct TokenBucket {
    /// What one token costs, in nanoseconds. All times here are: a `u128` holds any capacity times any duration.
    price: u128,
    /// What all tokens but the last cost together.
    reserve: u128,
    made: Instant,
    /// When the bucket would be full again, counted from `made`, if nobody took anything any more. That one number says
    /// it all: every token taken moves it on by `price`.
    ///
    /// The lock is also the waiting line, so it is held by whoever waits for the next token, and by nobody else for
    /// longer than a moment.
    full_at: Mutex<u128>,
}

impl TokenBucket {
    /// A full bucket. `refill_every` is longer than nothing.
    pub fn new(capacity: NonZeroU32, refill_every: Duration) -> Self {
        let price = refill_every.as_nanos();
        let reserve = price * u128::from(capacity.get() - 1);
        Self { price, reserve, made: Instant::now(), full_at: Mutex::new(0) }
    }

    /// Takes one token as soon as there is one for this call.
    ///
    /// A future that is dropped before it returns has taken nothing and holds up nobody. One that is neither dropped
    /// nor polled may hold up those who came later.
    pub async fn acquire(&self) {
        let mut full_at = self.full_at.lock().await;
        // More than once only if the wait is longer than tokio's longest sleep, which ends after some decades.
        while let Some(wait) = self.until_next(*full_at) {
            sleep(wait).await;
        }
        self.take(&mut full_at);
    }

    /// Takes one token if there is one that nobody is waiting for. Never waits.
    pub fn try_acquire(&self) -> bool {
        let Ok(mut full_at) = self.full_at.try_lock() else { return false };
        let there = self.until_next(*full_at).is_none();
        if there {
            self.take(&mut full_at);
        }
        there
    }

    /// How long it takes until there is a token; `None` if there is one now.
    fn until_next(&self, full_at: u128) -> Option<Duration> {
        let there_at = full_at.saturating_sub(self.reserve);
        let wait = there_at.saturating_sub(self.now());
        // Never longer than `refill_every`, so it is a duration again.
        (wait > 0).then(|| Duration::from_nanos_u128(wait))
    }

    fn take(&self, full_at: &mut u128) {
        // A bucket that was full earlier has earned nothing since.
        *full_at = self.now().max(*full_at) + self.price;
    }

    fn now(&self) -> u128 {
        self.made.elapsed().as_nanos()
    }
}
