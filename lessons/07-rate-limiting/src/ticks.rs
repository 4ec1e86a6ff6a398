//! When does it run? One loop that sleeps, and one that ticks.

use std::time::Duration;

use tokio::time::{Instant, MissedTickBehavior, interval, sleep};

/// The period of all the loops here.
pub const PERIOD: Duration = Duration::from_millis(100);

// ANCHOR: sleep_loop
/// Runs six jobs, "every 100 ms". Returns the milliseconds at which they began.
pub async fn with_sleep(jobs: [Duration; 6]) -> Vec<u128> {
    let started = Instant::now();
    let mut began = Vec::new();
    for job in jobs {
        began.push(started.elapsed().as_millis());
        sleep(job).await;
        sleep(PERIOD).await;
    }
    began
}
// ANCHOR_END: sleep_loop

// ANCHOR: interval
/// The same with an interval, which knows when the next one is due.
pub async fn with_interval(jobs: [Duration; 6], missed: MissedTickBehavior) -> Vec<u128> {
    let started = Instant::now();
    let mut ticks = interval(PERIOD);
    ticks.set_missed_tick_behavior(missed);
    let mut began = Vec::new();
    for job in jobs {
        ticks.tick().await;
        began.push(started.elapsed().as_millis());
        sleep(job).await;
    }
    began
}
// ANCHOR_END: interval

/// Six jobs that take 30 ms each.
pub fn short() -> [Duration; 6] {
    [Duration::from_millis(30); 6]
}

/// Six jobs that take no time, except for the second.
pub fn one_long() -> [Duration; 6] {
    let mut jobs = [Duration::ZERO; 6];
    jobs[1] = Duration::from_millis(350);
    jobs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_loop_that_sleeps_drifts_and_an_interval_does_not() {
        assert_eq!(with_sleep(short()).await, [0, 130, 260, 390, 520, 650]);
        assert_eq!(with_interval(short(), MissedTickBehavior::Skip).await, [0, 100, 200, 300, 400, 500]);
    }

    #[tokio::test(start_paused = true)]
    async fn missed_ticks_come_at_once_or_later_or_never() {
        for (missed, expected) in [
            (MissedTickBehavior::Burst, [0, 100, 450, 450, 450, 500]),
            (MissedTickBehavior::Delay, [0, 100, 450, 550, 650, 750]),
            (MissedTickBehavior::Skip, [0, 100, 450, 500, 600, 700]),
        ] {
            assert_eq!(with_interval(one_long(), missed).await, expected, "{missed:?}");
        }
    }
}
