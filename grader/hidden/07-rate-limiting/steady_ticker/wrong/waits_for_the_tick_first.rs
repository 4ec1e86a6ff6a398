//! caught by: the_first_run_begins_at_once (failed)
//! idea: A ticker ticks for the first time after one period.

use std::time::Duration;

use tokio::time::{Instant, MissedTickBehavior, interval_at};

pub async fn run_every<F, Fut>(period: Duration, times: usize, mut job: F) -> Vec<Instant>
where
    F: FnMut(usize) -> Fut,
    Fut: Future<Output = ()>,
{
    let mut ticks = interval_at(Instant::now() + period, period);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Skip);
    let mut starts = Vec::with_capacity(times);
    for k in 0..times {
        ticks.tick().await;
        starts.push(Instant::now());
        job(k).await;
    }
    starts
}
