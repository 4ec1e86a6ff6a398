//! Time in tests.
//!
//! Under the paused clock (T1) time moves only when every task waits, straight to the next timer, so elapsed
//! times are exact to the millisecond. Keep to whole milliseconds, and scripted delays at 10 ms or more, so
//! that [`settle`] (T2) never crosses a timer.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use protocol::Unit;
use tokio::runtime::Handle;
use tokio::time::Instant;

/// Set by the runner for a test under the paused clock.
static PAUSED: OnceLock<(Handle, Instant)> = OnceLock::new();

/// Counts journal entries where there is no virtual clock.
static STEPS: AtomicU64 = AtomicU64::new(0);

/// A duration of whole milliseconds.
pub const fn ms(milliseconds: u64) -> Duration {
    Duration::from_millis(milliseconds)
}

/// Virtual milliseconds since the test began.
///
/// # Panics
///
/// Outside a test under the paused clock.
pub fn elapsed_ms() -> u64 {
    let (handle, start) = PAUSED.get().expect("elapsed_ms is for tests under the paused clock");
    let _context = handle.enter();
    u64::try_from(start.elapsed().as_millis()).unwrap_or(u64::MAX)
}

/// Returns when every other task waits (T2): by then everything that can happen without time has happened.
/// Costs 1 ms of virtual time.
pub async fn settle() {
    tokio::time::sleep(ms(1)).await;
}

/// Called by the runner inside the runtime, before the test's body.
pub(crate) fn begin_paused() {
    let _ = PAUSED.set((Handle::current(), Instant::now()));
}

/// The unit of [`tick`].
pub(crate) fn unit() -> Unit {
    if PAUSED.get().is_some() { Unit::Milliseconds } else { Unit::Steps }
}

/// The position of an event that happens now, on the axis of the picture.
pub(crate) fn tick() -> u64 {
    match unit() {
        Unit::Milliseconds => elapsed_ms(),
        Unit::Steps => STEPS.fetch_add(1, Ordering::Relaxed),
    }
}
