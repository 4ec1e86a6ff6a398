//! caught by: looking_often_loses_nothing (failed)
//! idea: With a floating-point number of tokens no fraction is ever lost.

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
    tokens: f64,
    last: Instant,
}

impl TokenBucket {
    pub fn new(capacity: NonZeroU32, refill_every: Duration) -> Self {
        Self {
            capacity: capacity.get(),
            refill_every,
            state: Mutex::new(State { tokens: f64::from(capacity.get()), last: Instant::now() }),
            turn: tokio::sync::Mutex::new(()),
        }
    }

    pub fn try_acquire(&self, n: u32) -> Result<(), TryAcquireError> {
        if n > self.capacity {
            return Err(TryAcquireError::ExceedsCapacity);
        }
        let mut state = self.state.lock().unwrap();
        self.refill(&mut state);
        let missing = f64::from(n) - state.tokens;
        if missing <= 0.0 {
            state.tokens -= f64::from(n);
            return Ok(());
        }
        let wait = missing * self.refill_every.as_secs_f64();
        Err(TryAcquireError::NotYet { retry_after: Duration::try_from_secs_f64(wait).unwrap_or(Duration::MAX) })
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
        state.tokens as u32
    }

    fn refill(&self, state: &mut State) {
        let now = Instant::now();
        let earned = now.duration_since(state.last).as_secs_f64() / self.refill_every.as_secs_f64();
        state.tokens = (state.tokens + earned).min(f64::from(self.capacity));
        state.last = now;
    }
}
