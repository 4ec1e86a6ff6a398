//! right: one `Sleep` that is reset to the next point, beside the run, and a flag for the point that passed meanwhile.

use std::time::Duration;

use tokio::time::{Instant, sleep_until};

pub async fn run_every<F, Fut>(period: Duration, times: usize, mut job: F) -> Vec<Instant>
where
    F: FnMut(usize) -> Fut,
    Fut: Future<Output = ()>,
{
    let mut starts = Vec::with_capacity(times);
    let mut next = Instant::now();
    let mut due = false;
    let timer = sleep_until(next);
    tokio::pin!(timer);
    for k in 0..times {
        if !due {
            timer.as_mut().await;
            next += period;
            timer.as_mut().reset(next);
        }
        due = false;
        starts.push(Instant::now());
        let run = job(k);
        tokio::pin!(run);
        loop {
            tokio::select! {
                biased;
                () = &mut run => break,
                () = timer.as_mut() => {
                    due = true;
                    next += period;
                    timer.as_mut().reset(next);
                }
            }
        }
    }
    starts
}
