//! caught by: a_late_run_may_take_too_long_itself (failed)
//! idea: A late run is an exception: made up for on the spot, and then the grid goes on.

use std::time::Duration;

use tokio::time::{Instant, sleep_until};

pub async fn run_every<F, Fut>(period: Duration, times: usize, mut job: F) -> Vec<Instant>
where
    F: FnMut(usize) -> Fut,
    Fut: Future<Output = ()>,
{
    let mut starts = Vec::with_capacity(times);
    let mut next = Instant::now();
    let mut k = 0;
    while k < times {
        sleep_until(next).await;
        starts.push(Instant::now());
        job(k).await;
        k += 1;
        next += period;
        if Instant::now() > next && k < times {
            starts.push(Instant::now());
            job(k).await;
            k += 1;
            while next <= Instant::now() {
                next += period;
            }
        }
    }
    starts
}
