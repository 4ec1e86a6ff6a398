//! caught by: an_idle_bucket_holds_no_more_than_its_capacity (failed)
//! idea: The next slot is one period after the last; after a pause there are some to catch up with.

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
    began: Instant,
    /// How many slots have been handed out.
    slots: Mutex<u64>,
    turn: tokio::sync::Mutex<()>,
}

impl TokenBucket {
    pub fn new(capacity: NonZeroU32, refill_every: Duration) -> Self {
        Self {
            capacity: capacity.get(),
            refill_every,
            began: Instant::now(),
            slots: Mutex::new(0),
            turn: tokio::sync::Mutex::new(()),
        }
    }

    /// Slots whose time has come, taken or not.
    fn slots_so_far(&self) -> u64 {
        let periods = self.began.elapsed().as_nanos() / self.refill_every.as_nanos();
        u64::from(self.capacity) + u64::try_from(periods).unwrap_or(u64::MAX / 2)
    }

    pub fn try_acquire(&self, n: u32) -> Result<(), TryAcquireError> {
        if n > self.capacity {
            return Err(TryAcquireError::ExceedsCapacity);
        }
        let mut slots = self.slots.lock().unwrap();
        let free = self.slots_so_far() - *slots;
        if u64::from(n) <= free {
            *slots += u64::from(n);
            return Ok(());
        }
        let last = *slots + u64::from(n) - u64::from(self.capacity);
        let due = self.refill_every.saturating_mul(u32::try_from(last).unwrap_or(u32::MAX));
        Err(TryAcquireError::NotYet { retry_after: due.saturating_sub(self.began.elapsed()) })
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
        let free = self.slots_so_far() - *self.slots.lock().unwrap();
        free.min(u64::from(self.capacity)) as u32
    }
}
