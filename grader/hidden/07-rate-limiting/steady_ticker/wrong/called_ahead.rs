//! caught by: runs_never_overlap (failed)
//! idea: A future does nothing until it is polled, so calling `job` early does no harm.

use std::time::Duration;

use tokio::time::{Instant, MissedTickBehavior, interval};

pub async fn run_every<F, Fut>(period: Duration, times: usize, mut job: F) -> Vec<Instant>
where
    F: FnMut(usize) -> Fut,
    Fut: Future<Output = ()>,
{
    let mut ticks = interval(period);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Skip);
    let mut starts = Vec::with_capacity(times);
    let runs: Vec<_> = (0..times).map(|k| job(k)).collect();
    for run in runs {
        ticks.tick().await;
        starts.push(Instant::now());
        run.await;
    }
    starts
}
