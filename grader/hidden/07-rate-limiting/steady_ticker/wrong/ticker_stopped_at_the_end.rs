//! caught by: a_dropped_future_leaves_nothing_behind (leaked)
//! idea: The task that ticks is stopped in the last line, so it never stays behind.

use std::time::Duration;

use tokio::sync::mpsc;
use tokio::time::{Instant, MissedTickBehavior, interval};

pub async fn run_every<F, Fut>(period: Duration, times: usize, mut job: F) -> Vec<Instant>
where
    F: FnMut(usize) -> Fut,
    Fut: Future<Output = ()>,
{
    let (sender, mut ticks) = mpsc::channel(1);
    let ticker = tokio::spawn(async move {
        let mut interval = interval(period);
        interval.set_missed_tick_behavior(MissedTickBehavior::Skip);
        loop {
            interval.tick().await;
            // Like Go's ticker: with a tick waiting already, this one is lost.
            let _ = sender.try_send(());
        }
    });
    let mut starts = Vec::with_capacity(times);
    for k in 0..times {
        ticks.recv().await;
        starts.push(Instant::now());
        job(k).await;
    }
    ticker.abort();
    starts
}
