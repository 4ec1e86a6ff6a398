//! caught by: after_a_late_run_the_grid_holds_again (failed)
//! idea: A late run delays the ones after it; they are still a period apart.

use std::time::Duration;

use tokio::time::{Instant, MissedTickBehavior, interval};

pub async fn run_every<F, Fut>(period: Duration, times: usize, mut job: F) -> Vec<Instant>
where
    F: FnMut(usize) -> Fut,
    Fut: Future<Output = ()>,
{
    let mut ticks = interval(period);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut starts = Vec::with_capacity(times);
    for k in 0..times {
        ticks.tick().await;
        starts.push(Instant::now());
        job(k).await;
    }
    starts
}
