//! caught by: a_late_run_begins_at_once (failed)
//! idea: A point that has passed is lost: the next run waits for the next point.

use std::time::Duration;

use tokio::time::{Instant, sleep_until};

pub async fn run_every<F, Fut>(period: Duration, times: usize, mut job: F) -> Vec<Instant>
where
    F: FnMut(usize) -> Fut,
    Fut: Future<Output = ()>,
{
    let mut starts = Vec::with_capacity(times);
    let mut next = Instant::now();
    for k in 0..times {
        while next < Instant::now() {
            next += period;
        }
        sleep_until(next).await;
        starts.push(Instant::now());
        job(k).await;
        next += period;
    }
    starts
}
