//! caught by: there_is_one_late_run_however_many_points_passed (failed)
//! idea: An interval that has missed ticks simply goes on with the next one.

use std::time::Duration;

use tokio::time::{Instant, interval};

pub async fn run_every<F, Fut>(period: Duration, times: usize, mut job: F) -> Vec<Instant>
where
    F: FnMut(usize) -> Fut,
    Fut: Future<Output = ()>,
{
    let mut ticks = interval(period);
    let mut starts = Vec::with_capacity(times);
    for k in 0..times {
        ticks.tick().await;
        starts.push(Instant::now());
        job(k).await;
    }
    starts
}
