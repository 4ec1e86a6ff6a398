//! caught by: runs_begin_on_the_grid (failed)
//! idea: A `sleep(period)` in a branch of `select!` ticks once per period, whatever the other branch does.

use std::time::Duration;

use tokio::time::{Instant, sleep};

pub async fn run_every<F, Fut>(period: Duration, times: usize, mut job: F) -> Vec<Instant>
where
    F: FnMut(usize) -> Fut,
    Fut: Future<Output = ()>,
{
    let mut starts = Vec::with_capacity(times);
    if times == 0 {
        return starts;
    }
    starts.push(Instant::now());
    let mut running = Some(Box::pin(job(0)));
    let mut due = false;
    loop {
        if running.is_none() {
            if starts.len() == times {
                return starts;
            }
            if due {
                due = false;
                let k = starts.len();
                starts.push(Instant::now());
                running = Some(Box::pin(job(k)));
            }
        }
        tokio::select! {
            () = async { running.as_mut().unwrap().await }, if running.is_some() => running = None,
            () = sleep(period) => due = true,
        }
    }
}
