//! right: the state is one number, the instant at which the bucket will be full (GCRA).

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
    period: u128,
    origin: Instant,
    /// In nanoseconds since the origin.
    full_at: Mutex<u128>,
    line: Semaphore,
}

impl TokenBucket {
    pub fn new(capacity: NonZeroU32, refill_every: Duration) -> Self {
        Self {
            capacity: capacity.get(),
            period: refill_every.as_nanos(),
            origin: Instant::now(),
            full_at: Mutex::new(0),
            line: Semaphore::new(1),
        }
    }

    fn now(&self) -> u128 {
        self.origin.elapsed().as_nanos()
    }

    pub fn try_acquire(&self, n: u32) -> Result<(), TryAcquireError> {
        let Some(rest) = self.capacity.checked_sub(n) else { return Err(TryAcquireError::ExceedsCapacity) };
        let mut full_at = self.full_at.lock().unwrap();
        let now = self.now();
        let from = (*full_at).max(now);
        // There are `n` tokens as soon as no more than `rest` are missing.
        let due = from.saturating_sub(self.period * u128::from(rest));
        if n == 0 || due <= now {
            *full_at = from + self.period * u128::from(n);
            return Ok(());
        }
        Err(TryAcquireError::NotYet { retry_after: duration(due - now) })
    }

    pub async fn acquire(&self, n: u32) -> Result<(), ExceedsCapacity> {
        if n > 0 && n <= self.capacity {
            let _place = self.line.acquire().await.unwrap();
            while let Err(TryAcquireError::NotYet { retry_after }) = self.try_acquire(n) {
                sleep(retry_after).await;
            }
        }
        if n > self.capacity { Err(ExceedsCapacity) } else { Ok(()) }
    }

    pub fn available(&self) -> u32 {
        let full_at = *self.full_at.lock().unwrap();
        let missing = full_at.saturating_sub(self.now()).div_ceil(self.period);
        self.capacity.saturating_sub(u32::try_from(missing).unwrap_or(u32::MAX))
    }
}

fn duration(nanos: u128) -> Duration {
    const SECOND: u128 = 1_000_000_000;
    u64::try_from(nanos / SECOND).map_or(Duration::MAX, |seconds| Duration::new(seconds, (nanos % SECOND) as u32))
}
