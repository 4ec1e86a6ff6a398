//! caught by: there_are_exactly_as_many_runs_as_asked_for (failed)
//! idea: A point of the grid that was missed is a run that was missed.

use std::time::Duration;

use tokio::time::{Instant, sleep_until};

pub async fn run_every<F, Fut>(period: Duration, times: usize, mut job: F) -> Vec<Instant>
where
    F: FnMut(usize) -> Fut,
    Fut: Future<Output = ()>,
{
    let begin = Instant::now();
    let mut starts = Vec::new();
    let mut k = 0;
    while k < times {
        sleep_until(begin + period * k as u32).await;
        starts.push(Instant::now());
        job(k).await;
        // On to the latest point that has passed, or to the one that comes next.
        let passed = (begin.elapsed().as_nanos().saturating_sub(1) / period.as_nanos()) as usize;
        k = passed.max(k + 1);
    }
    starts
}
