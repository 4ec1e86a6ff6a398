//! caught by: a_dropped_bucket_leaves_nothing_behind (leaked)
//! idea: The task belongs to the bucket, so it ends with it.

use std::num::NonZeroU32;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering::SeqCst};
use std::time::Duration;

use tokio::sync::Notify;
use tokio::time::{Instant, interval_at};

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
    shared: Arc<Shared>,
    turn: tokio::sync::Mutex<()>,
}

struct Shared {
    tokens: AtomicU32,
    came: Notify,
    next: std::sync::Mutex<Instant>,
}

impl TokenBucket {
    pub fn new(capacity: NonZeroU32, refill_every: Duration) -> Self {
        let capacity = capacity.get();
        let first = Instant::now().checked_add(refill_every).unwrap_or(Instant::now() + Duration::from_secs(1 << 30));
        let refill_every = refill_every.clamp(Duration::from_millis(1), Duration::from_secs(1 << 30));
        let shared = Arc::new(Shared {
            tokens: AtomicU32::new(capacity),
            came: Notify::new(),
            next: std::sync::Mutex::new(first),
        });
        let refill = {
            let shared = shared.clone();
            async move {
                let mut ticks = interval_at(first, refill_every);
                loop {
                    ticks.tick().await;
                    *shared.next.lock().unwrap() = Instant::now() + refill_every;
                    let _ =
                        shared.tokens.fetch_update(SeqCst, SeqCst, |tokens| (tokens < capacity).then_some(tokens + 1));
                    shared.came.notify_one();
                }
            }
        };
        tokio::spawn(refill);
        Self { capacity, refill_every, shared, turn: tokio::sync::Mutex::new(()) }
    }

    pub fn try_acquire(&self, n: u32) -> Result<(), TryAcquireError> {
        if n > self.capacity {
            return Err(TryAcquireError::ExceedsCapacity);
        }
        let taken = self.shared.tokens.fetch_update(SeqCst, SeqCst, |tokens| tokens.checked_sub(n));
        taken.map(drop).map_err(|tokens| {
            let first = self.shared.next.lock().unwrap().saturating_duration_since(Instant::now());
            let others = self.refill_every.saturating_mul(n - tokens - 1);
            TryAcquireError::NotYet { retry_after: first.saturating_add(others) }
        })
    }

    pub async fn acquire(&self, n: u32) -> Result<(), ExceedsCapacity> {
        if n > self.capacity {
            return Err(ExceedsCapacity);
        }
        if n == 0 {
            return Ok(());
        }
        let _turn = self.turn.lock().await;
        while self.try_acquire(n).is_err() {
            self.shared.came.notified().await;
        }
        Ok(())
    }

    pub fn available(&self) -> u32 {
        self.shared.tokens.load(SeqCst)
    }
}
