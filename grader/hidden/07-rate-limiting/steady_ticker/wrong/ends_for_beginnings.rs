//! caught by: the_result_tells_when_the_job_was_called (failed)
//! idea: The instant is noted once the run has worked out.

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
        ticks.tick().await;
        job(k).await;
        starts.push(Instant::now());
    }
    starts
}
