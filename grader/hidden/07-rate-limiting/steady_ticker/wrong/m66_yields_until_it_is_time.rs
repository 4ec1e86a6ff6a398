//! caught by: between_runs_it_sleeps (failed)
//! idea: Whoever yields in a loop is waiting like everybody else.

use std::time::Duration;

use tokio::time::Instant;

pub async fn run_every<F, Fut>(period: Duration, times: usize, mut job: F) -> Vec<Instant>
where
    F: FnMut(usize) -> Fut,
    Fut: Future<Output = ()>,
{
    let mut starts = Vec::with_capacity(times);
    let mut next = Instant::now();
    for k in 0..times {
        while Instant::now() < next {
            tokio::task::yield_now().await;
        }
        starts.push(Instant::now());
        job(k).await;
        next += period;
        while next + period <= Instant::now() {
            next += period;
        }
    }
    starts
}
