//! caught by: runs_begin_on_the_grid (failed)
//! idea: The runs come one after the other, so they keep their own time.

use std::time::Duration;

use tokio::time::Instant;

pub async fn run_every<F, Fut>(period: Duration, times: usize, mut job: F) -> Vec<Instant>
where
    F: FnMut(usize) -> Fut,
    Fut: Future<Output = ()>,
{
    let _ = period;
    let mut starts = Vec::with_capacity(times);
    for k in 0..times {
        starts.push(Instant::now());
        job(k).await;
    }
    starts
}
