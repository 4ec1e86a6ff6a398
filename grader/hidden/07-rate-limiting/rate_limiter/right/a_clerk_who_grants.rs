//! right: a task serves the line and sends grants; a grant that nobody fetches flies back into the bucket.

use std::num::NonZeroU32;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::sync::{Notify, mpsc, oneshot};
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
    store: Arc<Store>,
    requests: mpsc::UnboundedSender<(u32, oneshot::Sender<Grant>)>,
    _clerk: AbortOnDropHandle<()>,
}

struct Store {
    capacity: u32,
    refill_every: Duration,
    state: Mutex<State>,
    returned: Notify,
}

struct State {
    tokens: u32,
    last: Instant,
}

struct Grant {
    store: Arc<Store>,
    n: u32,
}

impl Drop for Grant {
    fn drop(&mut self) {
        if self.n > 0 {
            let mut state = self.store.state.lock().unwrap();
            self.store.refill(&mut state);
            state.tokens = state.tokens.saturating_add(self.n).min(self.store.capacity);
            self.store.returned.notify_one();
        }
    }
}

impl Store {
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
}

async fn serve(store: Arc<Store>, mut line: mpsc::UnboundedReceiver<(u32, oneshot::Sender<Grant>)>) {
    while let Some((n, mut reply)) = line.recv().await {
        while !reply.is_closed() {
            let Err(wait) = store.take(n) else {
                let _ = reply.send(Grant { store: store.clone(), n });
                break;
            };
            tokio::select! {
                () = reply.closed() => {}
                () = store.returned.notified() => {}
                () = sleep(wait) => {}
            }
        }
    }
}

impl TokenBucket {
    pub fn new(capacity: NonZeroU32, refill_every: Duration) -> Self {
        let capacity = capacity.get();
        let state = Mutex::new(State { tokens: capacity, last: Instant::now() });
        let store = Arc::new(Store { capacity, refill_every, state, returned: Notify::new() });
        let (requests, line) = mpsc::unbounded_channel();
        let clerk = AbortOnDropHandle::new(tokio::spawn(serve(store.clone(), line)));
        Self { capacity, store, requests, _clerk: clerk }
    }

    pub fn try_acquire(&self, n: u32) -> Result<(), TryAcquireError> {
        if n > self.capacity {
            return Err(TryAcquireError::ExceedsCapacity);
        }
        self.store.take(n).map_err(|retry_after| TryAcquireError::NotYet { retry_after })
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
        let mut grant = granted.await.expect("the clerk serves as long as there is a bucket");
        // Fetched.
        grant.n = 0;
        Ok(())
    }

    pub fn available(&self) -> u32 {
        let mut state = self.store.state.lock().unwrap();
        self.store.refill(&mut state);
        state.tokens
    }
}
