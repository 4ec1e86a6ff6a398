//! caught by: after_a_late_run_the_grid_holds_again (failed)
//! idea: Sleeping for what the run has left of its period puts the next one back on the grid.

use std::time::Duration;

use tokio::time::{Instant, sleep};

pub async fn run_every<F, Fut>(period: Duration, times: usize, mut job: F) -> Vec<Instant>
where
    F: FnMut(usize) -> Fut,
    Fut: Future<Output = ()>,
{
    let mut starts = Vec::with_capacity(times);
    for k in 0..times {
        let start = Instant::now();
        starts.push(start);
        job(k).await;
        if k + 1 < times {
            sleep(period.saturating_sub(start.elapsed())).await;
        }
    }
    starts
}
