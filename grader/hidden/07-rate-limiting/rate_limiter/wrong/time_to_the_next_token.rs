//! caught by: retry_after_is_exact (failed)
//! idea: Come back when there is another token.

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
    turn: tokio::sync::Mutex<()>,
}

struct State {
    tokens: u32,
    last: Instant,
}

impl TokenBucket {
    pub fn new(capacity: NonZeroU32, refill_every: Duration) -> Self {
        Self {
            capacity: capacity.get(),
            refill_every,
            state: Mutex::new(State { tokens: capacity.get(), last: Instant::now() }),
            turn: tokio::sync::Mutex::new(()),
        }
    }

    pub fn try_acquire(&self, n: u32) -> Result<(), TryAcquireError> {
        if n > self.capacity {
            return Err(TryAcquireError::ExceedsCapacity);
        }
        let mut state = self.state.lock().unwrap();
        self.refill(&mut state);
        if n <= state.tokens {
            state.tokens -= n;
            return Ok(());
        }
        let wait = self.refill_every.saturating_sub(state.last.elapsed());
        Err(TryAcquireError::NotYet { retry_after: wait })
    }

    pub async fn acquire(&self, n: u32) -> Result<(), ExceedsCapacity> {
        if n > self.capacity {
            return Err(ExceedsCapacity);
        }
        if n == 0 {
            return Ok(());
        }
        let _turn = self.turn.lock().await;
        while let Err(TryAcquireError::NotYet { retry_after }) = self.try_acquire(n) {
            sleep(retry_after).await;
        }
        Ok(())
    }

    pub fn available(&self) -> u32 {
        let mut state = self.state.lock().unwrap();
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
