//! right: `sleep_until` on a grid that is computed from the instant of the first run.

use std::time::Duration;

use tokio::time::{Instant, sleep_until};

pub async fn run_every<F, Fut>(period: Duration, times: usize, mut job: F) -> Vec<Instant>
where
    F: FnMut(usize) -> Fut,
    Fut: Future<Output = ()>,
{
    let begin = Instant::now();
    let mut starts = Vec::with_capacity(times);
    // The next run is due at this point of the grid.
    let mut point: u32 = 0;
    for k in 0..times {
        sleep_until(begin + period * point).await;
        let start = Instant::now();
        starts.push(start);
        job(k).await;
        // The first point after this start, which may have been late.
        point = u32::try_from((start - begin).as_nanos() / period.as_nanos()).expect("no test runs for that long") + 1;
    }
    starts
}
