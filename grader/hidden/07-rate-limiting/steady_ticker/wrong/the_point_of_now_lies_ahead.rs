//! caught by: a_run_as_long_as_the_period_is_in_time (failed)
//! idea: Points before now have passed, so a late run is followed by the first one that is not before now.

use std::time::Duration;

use tokio::time::{Instant, sleep_until};

pub async fn run_every<F, Fut>(period: Duration, times: usize, mut job: F) -> Vec<Instant>
where
    F: FnMut(usize) -> Fut,
    Fut: Future<Output = ()>,
{
    let mut starts = Vec::with_capacity(times);
    let mut next = Instant::now() + period;
    for k in 0..times {
        if k > 0 {
            let now = Instant::now();
            if now < next {
                sleep_until(next).await;
                next += period;
            } else {
                // Late: begin at once, and find the point for the run after this one.
                while next < now {
                    next += period;
                }
            }
        }
        starts.push(Instant::now());
        job(k).await;
    }
    starts
}
