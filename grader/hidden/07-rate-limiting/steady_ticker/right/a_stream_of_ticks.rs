//! right: a stream of ticks, cut to length, and a panic of the job is caught: the other runs go on.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use futures::{FutureExt, StreamExt};
use tokio::time::{Instant, MissedTickBehavior, interval};
use tokio_stream::wrappers::IntervalStream;

pub async fn run_every<F, Fut>(period: Duration, times: usize, mut job: F) -> Vec<Instant>
where
    F: FnMut(usize) -> Fut,
    Fut: Future<Output = ()>,
{
    let mut interval = interval(period);
    interval.set_missed_tick_behavior(MissedTickBehavior::Skip);
    IntervalStream::new(interval)
        .take(times)
        .enumerate()
        .then(|(k, _)| {
            let start = Instant::now();
            // The job is called here, in the turn of its own tick.
            let run = catch_unwind(AssertUnwindSafe(|| job(k)));
            async move {
                if let Ok(run) = run {
                    let _ = AssertUnwindSafe(run).catch_unwind().await;
                }
                start
            }
        })
        .collect()
        .await
}
