//! right: a task ticks and leaves a note in a `Notify`, which keeps one; the task ends with the future that owns it.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Notify;
use tokio::time::{Instant, interval};
use tokio_util::task::AbortOnDropHandle;

pub async fn run_every<F, Fut>(period: Duration, times: usize, mut job: F) -> Vec<Instant>
where
    F: FnMut(usize) -> Fut,
    Fut: Future<Output = ()>,
{
    let tick = Arc::new(Notify::new());
    let ticking = {
        let tick = tick.clone();
        async move {
            let mut interval = interval(period);
            loop {
                interval.tick().await;
                tick.notify_one();
            }
        }
    };
    let _ticker = AbortOnDropHandle::new(tokio::spawn(ticking));
    let mut starts = Vec::with_capacity(times);
    for k in 0..times {
        tick.notified().await;
        starts.push(Instant::now());
        job(k).await;
    }
    starts
}
