//! # `steady-ticker`: every period, without drift and without bursts
//!
//! - The first run begins at once, the others on the grid t₀ + k·period; runs never overlap.
//! - If points of the grid pass while a run is going on, one late run begins as soon as that run has ended, and then
//!   the grid holds again.
//! - Exactly `times` runs. The result, when the last one ends: the instants at which `job` was called.
//! - Dropped, it drops the run that is going on and leaves nothing behind.

use std::time::Duration;

use tokio::time::{Instant, MissedTickBehavior, interval};

/// Runs `job` `times` times, one run per `period`, and returns the instants at which it was called.
pub async fn run_every<F, Fut>(period: Duration, times: usize, mut job: F) -> Vec<Instant>
where
    F: FnMut(usize) -> Fut,
    Fut: Future<Output = ()>,
{
    // Not `sleep(period)` after each run: the time of the runs would come on top, and every start would be later than
    // the one before. An interval aims at instants, and its first tick is now.
    let mut grid = interval(period);
    // The default is `Burst`: after a stall it makes up for every tick it missed, without a pause between them. `Delay`
    // has no bursts, but moves the grid to wherever the late run began.
    grid.set_missed_tick_behavior(MissedTickBehavior::Skip);
    let mut starts = Vec::new();
    for k in 0..times {
        grid.tick().await;
        // `tick` returns the instant at which the tick was due. For a late run that is not when it begins.
        starts.push(Instant::now());
        // Awaited here and not spawned: two runs cannot overlap, and a run that is going on is dropped with us.
        job(k).await;
    }
    starts
}
