//! caught by: a_cancelled_request_costs_nothing (failed)
//! idea: First take the tokens, so that nobody else does, then wait until they have come.

use std::num::NonZeroU32;
use std::sync::Mutex;
use std::time::Duration;

use tokio::time::{Instant, sleep};

#[derive(Debug, PartialEq, Eq)]
pub struct ExceedsCapacity;

#[derive(Debug, PartialEq, Eq)]
pub enum TryAcquireError {
    NotYet { retry_after: Duration },
    ExceedsCapacity,
}

pub struct TokenBucket {
    capacity: u32,
    refill_every: Duration,
    state: Mutex<State>,
}

struct State {
    /// Below zero: spent before they came.
    tokens: i64,
    last: Instant,
}

impl TokenBucket {
    pub fn new(capacity: NonZeroU32, refill_every: Duration) -> Self {
        Self {
            capacity: capacity.get(),
            refill_every,
            state: Mutex::new(State { tokens: i64::from(capacity.get()), last: Instant::now() }),
        }
    }

    pub fn try_acquire(&self, n: u32) -> Result<(), TryAcquireError> {
        if n > self.capacity {
            return Err(TryAcquireError::ExceedsCapacity);
        }
        let mut state = self.state.lock().unwrap();
        self.refill(&mut state);
        if n == 0 || i64::from(n) <= state.tokens {
            state.tokens -= i64::from(n);
            return Ok(());
        }
        Err(TryAcquireError::NotYet { retry_after: self.until(&state, i64::from(n)) })
    }

    pub async fn acquire(&self, n: u32) -> Result<(), ExceedsCapacity> {
        if n > self.capacity {
            return Err(ExceedsCapacity);
        }
        if n == 0 {
            return Ok(());
        }
        let wait = {
            let mut state = self.state.lock().unwrap();
            self.refill(&mut state);
            state.tokens -= i64::from(n);
            self.until(&state, 0)
        };
        sleep(wait).await;
        Ok(())
    }

    /// How long it takes until there are so many tokens.
    fn until(&self, state: &State, wanted: i64) -> Duration {
        let missing = u32::try_from(wanted - state.tokens).unwrap_or(0);
        self.refill_every.saturating_mul(missing).saturating_sub(state.last.elapsed())
    }

    pub fn available(&self) -> u32 {
        let mut state = self.state.lock().unwrap();
        self.refill(&mut state);
        u32::try_from(state.tokens).unwrap_or(0)
    }

    fn refill(&self, state: &mut State) {
        let now = Instant::now();
        let earned = now.duration_since(state.last).as_nanos() / self.refill_every.as_nanos();
        let room = i64::from(self.capacity) - state.tokens;
        if earned >= room as u128 {
            state.tokens = i64::from(self.capacity);
            state.last = now;
        } else {
            state.tokens += earned as i64;
            state.last += self.refill_every * earned as u32;
        }
    }
}
