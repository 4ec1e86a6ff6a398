//! caught by: the_result_is_there_when_the_last_run_ends (failed)
//! idea: A run is over when the next tick comes, and so is the last one.

use std::time::Duration;

use tokio::time::{Instant, MissedTickBehavior, interval};

pub async fn run_every<F, Fut>(period: Duration, times: usize, mut job: F) -> Vec<Instant>
where
    F: FnMut(usize) -> Fut,
    Fut: Future<Output = ()>,
{
    let mut starts = Vec::with_capacity(times);
    if times == 0 {
        return starts;
    }
    let mut ticks = interval(period);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Skip);
    ticks.tick().await;
    for k in 0..times {
        starts.push(Instant::now());
        job(k).await;
        ticks.tick().await;
    }
    starts
}
