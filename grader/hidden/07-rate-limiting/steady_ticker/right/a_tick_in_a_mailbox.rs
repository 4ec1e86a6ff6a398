//! right: like `time.Ticker`: ticks go into a channel with one place and are dropped when it is taken.

use std::time::Duration;

use tokio::sync::mpsc;
use tokio::time::{Instant, interval};

pub async fn run_every<F, Fut>(period: Duration, times: usize, mut job: F) -> Vec<Instant>
where
    F: FnMut(usize) -> Fut,
    Fut: Future<Output = ()>,
{
    let (sender, mut ticks) = mpsc::channel(1);
    let ticking = async move {
        // Ticks are never missed here, so it does not matter what the interval does about those.
        let mut interval = interval(period);
        loop {
            interval.tick().await;
            let _ = sender.try_send(());
        }
    };
    let running = async {
        let mut starts = Vec::new();
        while starts.len() < times && ticks.recv().await.is_some() {
            let k = starts.len();
            starts.push(Instant::now());
            job(k).await;
        }
        starts
    };
    tokio::select! {
        starts = running => starts,
        () = ticking => unreachable!("the ticker goes on for ever"),
    }
}
