//! caught by: those_who_wait_are_served_in_order (failed)
//! idea: A list of those who wait will do; when there are tokens, call one of them.

use std::num::NonZeroU32;
use std::sync::Mutex;
use std::time::Duration;

use tokio::sync::oneshot;
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
    line: Mutex<Line>,
}

struct State {
    tokens: u32,
    last: Instant,
}

#[derive(Default)]
struct Line {
    busy: bool,
    waiting: Vec<oneshot::Sender<()>>,
}

/// Ends with the turn, whether the tokens came or not.
struct Turn<'a>(&'a TokenBucket);

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        let mut line = self.0.line.lock().unwrap();
        while let Some(next) = line.waiting.pop() {
            if next.send(()).is_ok() {
                return;
            }
        }
        line.busy = false;
    }
}

impl TokenBucket {
    pub fn new(capacity: NonZeroU32, refill_every: Duration) -> Self {
        Self {
            capacity: capacity.get(),
            refill_every,
            state: Mutex::new(State { tokens: capacity.get(), last: Instant::now() }),
            line: Mutex::new(Line::default()),
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
        let missing = n - state.tokens;
        let wait = self.refill_every.saturating_mul(missing).saturating_sub(state.last.elapsed());
        Err(TryAcquireError::NotYet { retry_after: wait })
    }

    pub async fn acquire(&self, n: u32) -> Result<(), ExceedsCapacity> {
        if n > self.capacity {
            return Err(ExceedsCapacity);
        }
        if n == 0 {
            return Ok(());
        }
        let called = {
            let mut line = self.line.lock().unwrap();
            if line.busy {
                let (call, called) = oneshot::channel();
                line.waiting.push(call);
                Some(called)
            } else {
                line.busy = true;
                None
            }
        };
        if let Some(called) = called {
            let _ = called.await;
        }
        let _turn = Turn(self);
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
