//! caught by: taken_tokens_are_gone (failed)
//! idea: Permits that were acquired are tokens that were spent.

use std::num::NonZeroU32;
use std::sync::Mutex;
use std::time::Duration;

use tokio::sync::Semaphore;
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
    permits: Semaphore,
}

struct State {
    /// Permits that are free or spoken for.
    tokens: u32,
    last: Instant,
}

impl TokenBucket {
    pub fn new(capacity: NonZeroU32, refill_every: Duration) -> Self {
        Self {
            capacity: capacity.get(),
            refill_every,
            state: Mutex::new(State { tokens: capacity.get(), last: Instant::now() }),
            permits: Semaphore::new(capacity.get() as usize),
        }
    }

    pub fn try_acquire(&self, n: u32) -> Result<(), TryAcquireError> {
        if n > self.capacity {
            return Err(TryAcquireError::ExceedsCapacity);
        }
        let mut state = self.state.lock().unwrap();
        self.refill(&mut state);
        if let Ok(permits) = self.permits.try_acquire_many(n) {
            permits.forget();
            state.tokens -= n;
            return Ok(());
        }
        let missing = n.saturating_sub(self.permits.available_permits() as u32);
        let wait = self.refill_every.saturating_mul(missing).saturating_sub(state.last.elapsed());
        Err(TryAcquireError::NotYet { retry_after: wait })
    }

    pub async fn acquire(&self, n: u32) -> Result<(), ExceedsCapacity> {
        if n > self.capacity {
            return Err(ExceedsCapacity);
        }
        loop {
            self.available();
            tokio::select! {
                biased;
                _permits = self.permits.acquire_many(n) => return Ok(()),
                () = sleep(self.refill_every) => {}
            }
        }
    }

    pub fn available(&self) -> u32 {
        let mut state = self.state.lock().unwrap();
        self.refill(&mut state);
        self.permits.available_permits() as u32
    }

    fn refill(&self, state: &mut State) {
        let now = Instant::now();
        let earned = now.duration_since(state.last).as_nanos() / self.refill_every.as_nanos();
        let room = self.capacity - state.tokens;
        if earned >= u128::from(room) {
            self.permits.add_permits(room as usize);
            state.tokens = self.capacity;
            state.last = now;
        } else {
            self.permits.add_permits(earned as usize);
            state.tokens += earned as u32;
            state.last += self.refill_every * earned as u32;
        }
    }
}
