//! right: tokens are permits of a fair semaphore; whoever waits adds those that have come.

use std::num::NonZeroU32;
use std::pin::pin;
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
    permits: Semaphore,
    state: Mutex<State>,
}

struct State {
    /// Permits that are free, or on their way to somebody in line.
    held: u32,
    last: Instant,
}

impl TokenBucket {
    pub fn new(capacity: NonZeroU32, refill_every: Duration) -> Self {
        Self {
            capacity: capacity.get(),
            refill_every,
            permits: Semaphore::new(capacity.get() as usize),
            state: Mutex::new(State { held: capacity.get(), last: Instant::now() }),
        }
    }

    /// Adds what has come, and says when the next token is due.
    fn refill(&self) -> Duration {
        let mut state = self.state.lock().unwrap();
        let now = Instant::now();
        let room = self.capacity - state.held;
        let earned = now.duration_since(state.last).as_nanos() / self.refill_every.as_nanos();
        let earned = u32::try_from(earned).unwrap_or(u32::MAX);
        if earned >= room {
            state.last = now;
        } else {
            state.last += self.refill_every * earned;
        }
        let added = earned.min(room);
        state.held += added;
        self.permits.add_permits(added as usize);
        self.refill_every.saturating_sub(now - state.last)
    }

    fn spent(&self, n: u32) {
        self.state.lock().unwrap().held -= n;
    }

    pub fn try_acquire(&self, n: u32) -> Result<(), TryAcquireError> {
        if n > self.capacity {
            return Err(TryAcquireError::ExceedsCapacity);
        }
        let next = self.refill();
        if n == 0 {
            return Ok(());
        }
        if let Ok(permits) = self.permits.try_acquire_many(n) {
            permits.forget();
            self.spent(n);
            return Ok(());
        }
        let others = n.saturating_sub(self.permits.available_permits() as u32).saturating_sub(1);
        Err(TryAcquireError::NotYet { retry_after: self.refill_every.saturating_mul(others).saturating_add(next) })
    }

    pub async fn acquire(&self, n: u32) -> Result<(), ExceedsCapacity> {
        if n > self.capacity {
            return Err(ExceedsCapacity);
        }
        if n == 0 {
            return Ok(());
        }
        let mut permits = pin!(self.permits.acquire_many(n));
        loop {
            let next = self.refill();
            tokio::select! {
                biased;
                permits = &mut permits => {
                    permits.unwrap().forget();
                    self.spent(n);
                    return Ok(());
                }
                () = sleep(next) => {}
            }
        }
    }

    pub fn available(&self) -> u32 {
        self.refill();
        self.permits.available_permits() as u32
    }
}
