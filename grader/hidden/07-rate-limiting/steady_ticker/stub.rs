//! # `steady-ticker`: every period, without drift and without bursts
//!
//! `run_every(period, times, job)` calls `job(0)`, `job(1)`, … and waits for each to end. Runs begin on a *grid*: the
//! instants t₀, t₀ + period, t₀ + 2·period, …, where t₀ is the beginning of the first run.
//!
//! ```rust,ignore
//! let starts = run_every(Duration::from_millis(100), 5, |k| async move {
//!     // The second run takes too long.
//!     sleep(Duration::from_millis(if k == 1 { 350 } else { 30 })).await;
//! })
//! .await; // 0, 100, 450, 500 and 600 ms after the first
//! ```
//!
//! # The contract
//!
//! - **At once.** The first run begins when the future is first polled, not a period later.
//! - **The grid.** A run that ends in time is followed by the next at the next point of the grid, however long it took.
//!   A run that takes exactly one period is in time, too.
//! - **One at a time.** `job` is called when its run begins, and not before the run in front of it has ended.
//! - **Late.** If a point of the grid passes while a run is going on, the next run begins as soon as that run has
//!   ended: *one* late run, however many points have passed. After it the grid holds again, with the next point that
//!   lies ahead. A late run may itself take too long; the rule stays the same.
//! - **Exactly `times` runs**, numbered from 0, late ones included. With `times` 0 there is no run, and the result is
//!   empty at once.
//! - **Result.** When the last run ends, without waiting for another point: the instants at which `job` was called,
//!   late where a run was late.
//! - **Cost.** Between two runs the future sleeps; it does not look at the clock again and again.
//! - **Dropped.** If the future is dropped, the run that is going on is dropped with it, no other begins, and no task
//!   is left behind.
//! - **Panic.** A job that panics may take `run_every` with it. You need not catch anything.
//!
//! `period` is greater than zero. `job` and its futures may borrow, and need not be `Send`. Time is tokio's:
//! `tokio::time::Instant` and its timers, all of which the tests can move.

use std::time::Duration;

use tokio::time::Instant;

/// Runs `job` `times` times, one run per `period`, and returns the instants at which it was called.
pub async fn run_every<F, Fut>(period: Duration, times: usize, job: F) -> Vec<Instant>
where
    F: FnMut(usize) -> Fut,
    Fut: Future<Output = ()>,
{
    // bound: one run at a time, and at most one late run, whatever was missed
    // run: wait for an instant that does not depend on how long the job took
    // collect: what the clock says when the job is called
    let _ = (period, job);
    todo!("call the job {times} times: on the grid, or once at once where a point of the grid was missed")
}
