//! caught by: no_times_is_no_run (failed)
//! idea: The first run begins at once, so it stands before the loop.

use std::time::Duration;

use tokio::time::{Instant, MissedTickBehavior, interval};

pub async fn run_every<F, Fut>(period: Duration, times: usize, mut job: F) -> Vec<Instant>
where
    F: FnMut(usize) -> Fut,
    Fut: Future<Output = ()>,
{
    let mut ticks = interval(period);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Skip);
    ticks.tick().await;
    let mut starts = vec![Instant::now()];
    job(0).await;
    for k in 1..times {
        ticks.tick().await;
        starts.push(Instant::now());
        job(k).await;
    }
    starts
}
