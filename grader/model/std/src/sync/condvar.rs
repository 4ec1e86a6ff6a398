//! `std::sync::Condvar`.

use ::std::mem::ManuallyDrop;
use ::std::sync::atomic::{AtomicU64, Ordering};
use ::std::sync::{LockResult, PoisonError};

use interleave::{Fresh, Model, Op, Wake, choose, result, step, until, wait};

use super::mutex::{Mutex, MutexGuard};
use crate::time::{Duration, Instant};

/// See [`std::sync::Condvar`].
///
/// Which waiter `notify_one` wakes is open: first the one that waits longest, then, as deviations, the others.
#[derive(Debug, Default)]
pub struct Condvar {
    state: Model<Waiters>,
}

/// Those that wait and were not yet notified, in order of arrival.
#[derive(Debug, PartialEq)]
struct Waiters(Vec<u64>);

impl Fresh for Waiters {
    const FRESH: Self = Self(Vec::new());
}

/// See [`std::sync::WaitTimeoutResult`].
#[derive(Debug, PartialEq, Eq, Copy, Clone)]
pub struct WaitTimeoutResult(bool);

impl WaitTimeoutResult {
    /// See [`std::sync::WaitTimeoutResult::timed_out`].
    pub fn timed_out(&self) -> bool {
        self.0
    }
}

impl Condvar {
    /// See [`std::sync::Condvar::new`].
    pub const fn new() -> Self {
        Self { state: Model::new() }
    }

    /// See [`std::sync::Condvar::wait`].
    #[track_caller]
    pub fn wait<'a, T>(&self, guard: MutexGuard<'a, T>) -> LockResult<MutexGuard<'a, T>> {
        self.sleep(guard, None, "Condvar::wait").0
    }

    /// See [`std::sync::Condvar::wait_while`].
    #[track_caller]
    pub fn wait_while<'a, T, F>(&self, mut guard: MutexGuard<'a, T>, mut condition: F) -> LockResult<MutexGuard<'a, T>>
    where
        F: FnMut(&mut T) -> bool,
    {
        while condition(&mut *guard) {
            guard = self.sleep(guard, None, "Condvar::wait_while").0?;
        }
        Ok(guard)
    }

    /// See [`std::sync::Condvar::wait_timeout`].
    #[track_caller]
    pub fn wait_timeout<'a, T>(
        &self,
        guard: MutexGuard<'a, T>,
        timeout: Duration,
    ) -> LockResult<(MutexGuard<'a, T>, WaitTimeoutResult)> {
        let (guard, timed_out) = self.sleep(guard, Some(timeout), "Condvar::wait_timeout");
        with_result(guard, timed_out)
    }

    /// See [`std::sync::Condvar::wait_timeout_while`].
    #[track_caller]
    pub fn wait_timeout_while<'a, T, F>(
        &self,
        mut guard: MutexGuard<'a, T>,
        timeout: Duration,
        mut condition: F,
    ) -> LockResult<(MutexGuard<'a, T>, WaitTimeoutResult)>
    where
        F: FnMut(&mut T) -> bool,
    {
        let start = Instant::now();
        loop {
            if !condition(&mut *guard) {
                return Ok((guard, WaitTimeoutResult(false)));
            }
            let Some(left) = timeout.checked_sub(start.elapsed()).filter(|left| !left.is_zero()) else {
                return Ok((guard, WaitTimeoutResult(true)));
            };
            let (woken, timed_out) = self.sleep(guard, Some(left), "Condvar::wait_timeout_while");
            guard = match woken {
                Ok(guard) => guard,
                poisoned => return with_result(poisoned, timed_out),
            };
        }
    }

    /// See [`std::sync::Condvar::wait_timeout_ms`].
    #[track_caller]
    #[deprecated(since = "1.6.0", note = "replaced by `std::sync::Condvar::wait_timeout`")]
    pub fn wait_timeout_ms<'a, T>(&self, guard: MutexGuard<'a, T>, ms: u32) -> LockResult<(MutexGuard<'a, T>, bool)> {
        let (guard, timed_out) = self.sleep(guard, Some(Duration::from_millis(ms.into())), "Condvar::wait_timeout_ms");
        match guard {
            Ok(guard) => Ok((guard, !timed_out)),
            Err(poisoned) => Err(PoisonError::new((poisoned.into_inner(), !timed_out))),
        }
    }

    /// See [`std::sync::Condvar::notify_one`].
    #[track_caller]
    pub fn notify_one(&self) {
        step(Op::new("Condvar::notify_one").on(&self.state));
        let waiters = self.state.with(|waiters| waiters.0.len());
        if waiters == 0 {
            result(|| "nobody".to_owned());
            return;
        }
        let chosen = choose(waiters);
        self.state.with(|waiters| (chosen < waiters.0.len()).then(|| waiters.0.remove(chosen)));
    }

    /// See [`std::sync::Condvar::notify_all`].
    #[track_caller]
    pub fn notify_all(&self) {
        step(Op::new("Condvar::notify_all").on(&self.state));
        if self.state.with(|waiters| ::std::mem::take(&mut waiters.0)).is_empty() {
            result(|| "nobody".to_owned());
        }
    }

    /// Gives the lock back and begins to wait, in one step; then, woken, takes the lock again.
    #[track_caller]
    fn sleep<'a, T>(
        &self,
        guard: MutexGuard<'a, T>,
        timeout: Option<Duration>,
        name: &'static str,
    ) -> (LockResult<MutexGuard<'a, T>>, bool) {
        step(Op::new(name).on(&self.state));
        let ticket = next_ticket();
        let lock: &'a Mutex<T> = guard.lock();
        self.state.with(|waiters| waiters.0.push(ticket));
        ManuallyDrop::new(guard).release();
        let notified = || self.state.with(|waiters| !waiters.0.contains(&ticket));
        // Without a timeout, being woken and taking the lock are one step: nobody could tell them apart. With
        // one, the wait may be over by the clock while somebody else holds the lock.
        let ready = || notified() && (timeout.is_some() || lock.is_free());
        let wake = wait(Op::new(name).on(&self.state), ready, || timeout.is_some() || lock.is_free(), timeout);
        self.state.with(|waiters| waiters.0.retain(|waiting| *waiting != ticket));
        match wake {
            Wake::Ready => result(|| "woken".to_owned()),
            Wake::TimedOut => result(|| "timed out".to_owned()),
            Wake::Spurious => result(|| "woken for no reason".to_owned()),
        }
        if lock.take().is_none() {
            until(Op::new("Mutex::lock again").on(lock), || lock.is_free(), || lock.take());
        }
        (lock.guard(), wake == Wake::TimedOut)
    }
}

fn with_result<T>(
    guard: LockResult<MutexGuard<'_, T>>,
    timed_out: bool,
) -> LockResult<(MutexGuard<'_, T>, WaitTimeoutResult)> {
    match guard {
        Ok(guard) => Ok((guard, WaitTimeoutResult(timed_out))),
        Err(poisoned) => Err(PoisonError::new((poisoned.into_inner(), WaitTimeoutResult(timed_out)))),
    }
}

/// A number for each wait. It never shows in a schedule.
fn next_ticket() -> u64 {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    NEXT.fetch_add(1, Ordering::Relaxed)
}
