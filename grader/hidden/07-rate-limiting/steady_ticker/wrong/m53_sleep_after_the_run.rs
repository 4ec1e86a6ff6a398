//! caught by: runs_begin_on_the_grid (failed)
//! idea: Work, then sleep for a period: that makes one run per period.

use std::time::Duration;

use tokio::time::{Instant, sleep};

pub async fn run_every<F, Fut>(period: Duration, times: usize, mut job: F) -> Vec<Instant>
where
    F: FnMut(usize) -> Fut,
    Fut: Future<Output = ()>,
{
    let mut starts = Vec::with_capacity(times);
    for k in 0..times {
        if k > 0 {
            sleep(period).await;
        }
        starts.push(Instant::now());
        job(k).await;
    }
    starts
}
