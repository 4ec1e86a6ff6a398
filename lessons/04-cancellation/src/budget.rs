//! Time that gets less on the way down.

use std::time::Duration;

use tokio::time::error::Elapsed;
use tokio::time::{Instant, timeout_at};

// ANCHOR: budget
/// How long we have, as a point in time. Copies are the same point.
#[derive(Debug, Clone, Copy)]
pub struct Budget {
    until: Instant,
}

impl Budget {
    /// So much from now on.
    pub fn lasting(time: Duration) -> Self {
        Self { until: Instant::now() + time }
    }

    /// For a part of the work: so much from now on, but never longer than the whole.
    pub fn at_most(self, time: Duration) -> Self {
        Self { until: self.until.min(Instant::now() + time) }
    }

    /// Drops `work` when time is up.
    pub async fn spend<F: Future>(self, work: F) -> Result<F::Output, Elapsed> {
        timeout_at(self.until, work).await
    }
}
// ANCHOR_END: budget

// ANCHOR: three_tries
/// Three tries of 40 ms each, and 100 ms for all of them together.
pub async fn three_tries<F: Future>(mut attempt: impl FnMut() -> F) -> Option<F::Output> {
    let whole = Budget::lasting(Duration::from_millis(100));
    for _ in 0..3 {
        let part = whole.at_most(Duration::from_millis(40));
        if let Ok(answer) = part.spend(attempt()).await {
            return Some(answer);
        }
    }
    None
}
// ANCHOR_END: three_tries

#[cfg(test)]
mod tests {
    use std::future;

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_longer_part_ends_with_the_whole() {
        let started = Instant::now();
        let whole = Budget::lasting(Duration::from_millis(100));
        let part = whole.at_most(Duration::from_millis(500));
        assert!(part.spend(future::pending::<()>()).await.is_err());
        assert_eq!(started.elapsed(), Duration::from_millis(100));
    }

    #[tokio::test(start_paused = true)]
    async fn three_tries_of_40_ms_end_after_100() {
        let started = Instant::now();
        let mut attempts = Vec::new();
        let answer = three_tries(|| {
            attempts.push(started.elapsed().as_millis());
            future::pending::<()>()
        });
        assert_eq!(answer.await, None);
        assert_eq!(started.elapsed(), Duration::from_millis(100));
        assert_eq!(attempts, [0, 40, 80]);
    }

    #[tokio::test(start_paused = true)]
    async fn an_answer_in_time_is_an_answer() {
        assert_eq!(three_tries(async || 7).await, Some(7));
    }
}
