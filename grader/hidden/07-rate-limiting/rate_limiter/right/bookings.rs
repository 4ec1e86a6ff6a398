//! right: those who wait book tokens that are still to come; a booking that is dropped moves the others up.

use std::collections::VecDeque;
use std::num::NonZeroU32;
use std::sync::Mutex;
use std::time::Duration;

use tokio::sync::Notify;
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
    moved: Notify,
}

struct State {
    tokens: u32,
    last: Instant,
    next_id: u64,
    /// Who waits, and for how many.
    bookings: VecDeque<(u64, u32)>,
}

impl TokenBucket {
    pub fn new(capacity: NonZeroU32, refill_every: Duration) -> Self {
        let state = State { tokens: capacity.get(), last: Instant::now(), next_id: 0, bookings: VecDeque::new() };
        Self { capacity: capacity.get(), refill_every, state: Mutex::new(state), moved: Notify::new() }
    }

    /// How long it takes until there are so many tokens, were there no limit; zero if there are.
    fn until(&self, state: &State, wanted: u64) -> Duration {
        match wanted.saturating_sub(u64::from(state.tokens)) {
            0 => Duration::ZERO,
            missing => {
                let missing = u32::try_from(missing).unwrap_or(u32::MAX);
                self.refill_every.saturating_mul(missing).saturating_sub(state.last.elapsed())
            }
        }
    }

    pub fn try_acquire(&self, n: u32) -> Result<(), TryAcquireError> {
        if n > self.capacity {
            return Err(TryAcquireError::ExceedsCapacity);
        }
        let mut state = self.state.lock().unwrap();
        self.refill(&mut state);
        let wanted = booked(&state) + u64::from(n);
        if n == 0 || wanted <= u64::from(state.tokens) {
            state.tokens -= n;
            return Ok(());
        }
        Err(TryAcquireError::NotYet { retry_after: self.until(&state, wanted) })
    }

    pub async fn acquire(&self, n: u32) -> Result<(), ExceedsCapacity> {
        if n > self.capacity {
            return Err(ExceedsCapacity);
        }
        if n == 0 {
            return Ok(());
        }
        let booking = Booking::new(self, n);
        loop {
            let moved = self.moved.notified();
            let Some(wait) = booking.redeem() else { return Ok(()) };
            tokio::select! {
                () = moved => {}
                () = sleep(wait) => {}
            }
        }
    }

    pub fn available(&self) -> u32 {
        let mut state = self.state.lock().unwrap();
        self.refill(&mut state);
        u64::from(state.tokens).saturating_sub(booked(&state)) as u32
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

fn booked(state: &State) -> u64 {
    state.bookings.iter().map(|(_, n)| u64::from(*n)).sum()
}

struct Booking<'a> {
    bucket: &'a TokenBucket,
    id: u64,
}

impl<'a> Booking<'a> {
    fn new(bucket: &'a TokenBucket, n: u32) -> Self {
        let mut state = bucket.state.lock().unwrap();
        let id = state.next_id;
        state.next_id += 1;
        state.bookings.push_back((id, n));
        Self { bucket, id }
    }

    /// Takes the tokens if they are there, or says how long it will be.
    fn redeem(&self) -> Option<Duration> {
        let mut state = self.bucket.state.lock().unwrap();
        self.bucket.refill(&mut state);
        let at = state.bookings.iter().position(|(id, _)| *id == self.id)?;
        let (_, n) = state.bookings[at];
        let ahead: u64 = state.bookings.iter().take(at).map(|(_, n)| u64::from(*n)).sum();
        let wait = self.bucket.until(&state, ahead + u64::from(n));
        if wait > Duration::ZERO {
            return Some(wait);
        }
        state.bookings.remove(at);
        state.tokens -= n;
        None
    }
}

impl Drop for Booking<'_> {
    fn drop(&mut self) {
        let mut state = self.bucket.state.lock().unwrap();
        if let Some(at) = state.bookings.iter().position(|(id, _)| *id == self.id) {
            state.bookings.remove(at);
            self.bucket.moved.notify_waiters();
        }
    }
}
