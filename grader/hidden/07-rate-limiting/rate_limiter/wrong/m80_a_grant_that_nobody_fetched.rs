//! caught by: a_request_dropped_at_the_last_moment_costs_nothing (failed)
//! idea: A request that has gone before its tokens came costs nothing, and one whose tokens have come is served.

use std::num::NonZeroU32;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::sync::{mpsc, oneshot};
use tokio::time::{Instant, sleep};
use tokio_util::task::AbortOnDropHandle;

#[derive(Debug, PartialEq, Eq)]
pub struct ExceedsCapacity;

#[derive(Debug, PartialEq, Eq)]
pub enum TryAcquireError {
    NotYet { retry_after: Duration },
    ExceedsCapacity,
}

pub struct TokenBucket {
    capacity: u32,
    bucket: Arc<Bucket>,
    requests: mpsc::UnboundedSender<(u32, oneshot::Sender<()>)>,
    _clerk: AbortOnDropHandle<()>,
}

struct Bucket {
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
        let capacity = capacity.get();
        let state = Mutex::new(State { tokens: capacity, last: Instant::now() });
        let bucket = Arc::new(Bucket { capacity, refill_every, state });
        let (requests, mut line) = mpsc::unbounded_channel::<(u32, oneshot::Sender<()>)>();
        let clerk = {
            let bucket = bucket.clone();
            async move {
                while let Some((n, mut reply)) = line.recv().await {
                    while !reply.is_closed() {
                        match bucket.take(n) {
                            Ok(()) => {
                                let _ = reply.send(());
                                break;
                            }
                            Err(wait) => tokio::select! {
                                () = reply.closed() => {}
                                () = sleep(wait) => {}
                            },
                        }
                    }
                }
            }
        };
        Self { capacity, bucket, requests, _clerk: AbortOnDropHandle::new(tokio::spawn(clerk)) }
    }

    pub fn try_acquire(&self, n: u32) -> Result<(), TryAcquireError> {
        if n > self.capacity {
            return Err(TryAcquireError::ExceedsCapacity);
        }
        self.bucket.take(n).map_err(|retry_after| TryAcquireError::NotYet { retry_after })
    }

    pub async fn acquire(&self, n: u32) -> Result<(), ExceedsCapacity> {
        if n > self.capacity {
            return Err(ExceedsCapacity);
        }
        if n == 0 {
            return Ok(());
        }
        let (reply, granted) = oneshot::channel();
        let _ = self.requests.send((n, reply));
        let _ = granted.await;
        Ok(())
    }

    pub fn available(&self) -> u32 {
        let mut state = self.bucket.state.lock().unwrap();
        self.bucket.refill(&mut state);
        state.tokens
    }
}

impl Bucket {
    fn take(&self, n: u32) -> Result<(), Duration> {
        let mut state = self.state.lock().unwrap();
        self.refill(&mut state);
        if n <= state.tokens {
            state.tokens -= n;
            return Ok(());
        }
        let missing = n - state.tokens;
        Err(self.refill_every.saturating_mul(missing).saturating_sub(state.last.elapsed()))
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
