//! A limiter that waits: so many in any span of this length.

use std::collections::VecDeque;
use std::num::NonZeroUsize;
use std::time::Duration;

use tokio::sync::Mutex;
use tokio::time::{Instant, sleep_until};

// ANCHOR: quota
/// At most `most` in any span of length `within`.
pub struct Quota {
    most: NonZeroUsize,
    within: Duration,
    /// When the last ones were sent, `most` of them at most.
    sent: Mutex<VecDeque<Instant>>,
}

impl Quota {
    /// Returns when one more may be sent. It counts as sent from then on.
    pub async fn turn(&self) {
        // Tokio's lock is fair: whoever waits for it stands in line.
        let mut sent = self.sent.lock().await;
        if sent.len() == self.most.get() {
            sleep_until(sent[0] + self.within).await;
            sent.pop_front();
        }
        // The last thing to happen: whoever is dropped before this line has paid nothing.
        sent.push_back(Instant::now());
    }
}
// ANCHOR_END: quota

impl Quota {
    /// At most `most` in any span of length `within`.
    pub fn new(most: NonZeroUsize, within: Duration) -> Self {
        Self { most, within, sent: Mutex::default() }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use tokio::task::JoinSet;
    use tokio::time::timeout;

    use super::*;

    fn ms(milliseconds: u64) -> Duration {
        Duration::from_millis(milliseconds)
    }

    fn three_in_300_ms() -> Arc<Quota> {
        Arc::new(Quota::new(NonZeroUsize::MIN.saturating_add(2), ms(300)))
    }

    #[tokio::test(start_paused = true)]
    async fn three_at_once_and_three_more_when_they_are_forgotten() {
        let (quota, started) = (three_in_300_ms(), Instant::now());
        let mut sent = Vec::new();
        for _ in 0..7 {
            quota.turn().await;
            sent.push(started.elapsed().as_millis());
        }
        assert_eq!(sent, [0, 0, 0, 300, 300, 300, 600]);
    }

    #[tokio::test(start_paused = true)]
    async fn there_is_no_edge_to_abuse() {
        let (quota, started) = (three_in_300_ms(), Instant::now());
        let mut sent = Vec::new();
        for pause in [0, 200, 90, 0, 0, 0] {
            tokio::time::sleep(ms(pause)).await;
            quota.turn().await;
            sent.push(started.elapsed().as_millis());
        }
        assert_eq!(sent, [0, 200, 290, 300, 500, 590]);
    }

    #[tokio::test(start_paused = true)]
    async fn they_are_served_in_the_order_of_their_coming() {
        let (quota, started) = (three_in_300_ms(), Instant::now());
        let mut callers = JoinSet::new();
        for caller in 0..7 {
            let quota = quota.clone();
            callers.spawn(async move {
                quota.turn().await;
                (caller, started.elapsed().as_millis())
            });
        }
        let mut served = callers.join_all().await;
        served.sort_by_key(|(caller, _)| *caller);
        let times: Vec<u128> = served.into_iter().map(|(_, at)| at).collect();
        assert_eq!(times, [0, 0, 0, 300, 300, 300, 600]);
    }

    #[tokio::test(start_paused = true)]
    async fn whoever_gives_up_has_paid_nothing() {
        let (quota, started) = (three_in_300_ms(), Instant::now());
        for _ in 0..3 {
            quota.turn().await;
        }
        for _ in 0..20 {
            assert!(timeout(ms(10), quota.turn()).await.is_err());
        }
        quota.turn().await;
        assert_eq!(started.elapsed(), ms(300));
    }
}
