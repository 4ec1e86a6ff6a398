//! right: one async lock for line and tokens; while it is held, all tokens count as promised.

use std::num::NonZeroU32;
use std::time::Duration;

use tokio::sync::Mutex;
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
    tokens: u32,
    last: Instant,
}

impl TokenBucket {
    pub fn new(capacity: NonZeroU32, refill_every: Duration) -> Self {
        let state = Mutex::new(State { tokens: capacity.get(), last: Instant::now() });
        Self { capacity: capacity.get(), refill_every, state }
    }

    fn take(&self, state: &mut State, n: u32) -> Result<(), Duration> {
        self.refill(state);
        if n <= state.tokens {
            state.tokens -= n;
            return Ok(());
        }
        let missing = n - state.tokens;
        Err(self.refill_every.saturating_mul(missing).saturating_sub(state.last.elapsed()))
    }

    pub fn try_acquire(&self, n: u32) -> Result<(), TryAcquireError> {
        if n > self.capacity {
            return Err(TryAcquireError::ExceedsCapacity);
        }
        if n == 0 {
            return Ok(());
        }
        let Ok(mut state) = self.state.try_lock() else {
            return Err(TryAcquireError::NotYet { retry_after: self.refill_every });
        };
        self.take(&mut state, n).map_err(|retry_after| TryAcquireError::NotYet { retry_after })
    }

    pub async fn acquire(&self, n: u32) -> Result<(), ExceedsCapacity> {
        if n > self.capacity {
            return Err(ExceedsCapacity);
        }
        if n == 0 {
            return Ok(());
        }
        let mut state = self.state.lock().await;
        while let Err(wait) = self.take(&mut state, n) {
            sleep(wait).await;
        }
        Ok(())
    }

    pub fn available(&self) -> u32 {
        let Ok(mut state) = self.state.try_lock() else { return 0 };
        self.refill(&mut state);
        state.tokens
    }

    fn refill(&self, state: &mut State) {
        let now = Instant::now();
        let earned = now.duration_since(state.last).as_nanos() / self.refill_every.as_nanos();
        let room = self.capacity - state.tokens;
        if earned >= u128::from(room) {
            state.tokens = self.capacity;
            state.last = now;
        } else {
            state.tokens += earned as u32;
            state.last += self.refill_every * earned as u32;
        }
    }
}
