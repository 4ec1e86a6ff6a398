//! The programs the quiz asks about. Their tests are the proofs of the answers.

use futures::stream::{self, StreamExt};
use tokio::task::JoinHandle;

use crate::servers::{Refused, Server, ask};

// ANCHOR: in_order
type Asked = JoinHandle<Result<u64, Refused>>;

/// The prices, or what went wrong.
pub async fn prices(asked: Vec<Asked>) -> anyhow::Result<Vec<u64>> {
    let mut prices = Vec::new();
    for answer in asked {
        prices.push(answer.await??);
    }
    Ok(prices)
}
// ANCHOR_END: in_order

// ANCHOR: as_many_as_there_are
/// Asks all servers at once.
pub async fn ask_all(servers: Vec<Server>) -> Vec<u64> {
    let all = servers.len();
    stream::iter(servers).map(ask).buffer_unordered(all).collect().await
}
// ANCHOR_END: as_many_as_there_are

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tokio::time::{Instant, timeout};

    use super::*;
    use crate::journal::{End, Journal};
    use crate::servers::{refusing, taking, try_ask};

    #[tokio::test(start_paused = true)]
    async fn a_failure_in_third_place_is_seen_after_the_first_and_the_second() {
        let (journal, started) = (Journal::silent(), Instant::now());
        let servers = refusing(3, taking(&[60_000, 1, 0, 61_000], &journal));
        let asked = servers.into_iter().map(try_ask).map(tokio::spawn).collect();
        assert!(prices(asked).await.is_err());
        assert_eq!(started.elapsed(), Duration::from_secs(60));
        // The others go on.
        tokio::time::sleep(Duration::from_secs(2)).await;
        assert_eq!(journal.stretches()[3].ended, Some((Duration::from_secs(61), End::Done)));
    }

    #[tokio::test(start_paused = true)]
    async fn without_servers_nobody_ever_answers() {
        let journal = Journal::silent();
        assert_eq!(ask_all(taking(&[100; 3], &journal)).await.len(), 3);
        assert!(timeout(Duration::from_secs(60), ask_all(vec![])).await.is_err());
    }
}
