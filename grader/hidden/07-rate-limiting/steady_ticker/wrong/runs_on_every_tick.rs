//! caught by: runs_never_overlap (failed)
//! idea: Every tick begins a run, so a slow one must not hold up the others.

use std::time::Duration;

use futures::StreamExt;
use futures::stream::FuturesUnordered;
use tokio::time::{Instant, MissedTickBehavior, interval};

pub async fn run_every<F, Fut>(period: Duration, times: usize, mut job: F) -> Vec<Instant>
where
    F: FnMut(usize) -> Fut,
    Fut: Future<Output = ()>,
{
    let mut ticks = interval(period);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Skip);
    let mut starts = Vec::with_capacity(times);
    let mut running = FuturesUnordered::new();
    while starts.len() < times {
        tokio::select! {
            _ = ticks.tick() => {
                let k = starts.len();
                starts.push(Instant::now());
                running.push(job(k));
            }
            Some(()) = running.next() => {}
        }
    }
    while running.next().await.is_some() {}
    starts
}
