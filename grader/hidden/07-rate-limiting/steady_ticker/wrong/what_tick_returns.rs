//! caught by: the_result_tells_when_the_job_was_called (failed)
//! idea: `tick` returns the instant at which it ticked, so that is when the run begins.

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
    for k in 0..times {
        let start = ticks.tick().await;
        starts.push(start);
        job(k).await;
    }
    starts
}
