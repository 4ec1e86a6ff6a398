//! Four ways to ask no more than so many servers at once.

use std::num::NonZeroUsize;
use std::sync::Arc;

use futures::future::join_all;
use futures::stream::{self, StreamExt};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use crate::servers::{Server, ask};

// ANCHOR: chunks
/// One group after the other.
pub async fn in_chunks(servers: Vec<Server>, limit: NonZeroUsize) -> Vec<u64> {
    let mut prices = Vec::new();
    for group in servers.chunks(limit.get()) {
        prices.extend(join_all(group.iter().cloned().map(ask)).await);
    }
    prices
}
// ANCHOR_END: chunks

// ANCHOR: window
/// A window that moves along the row.
pub async fn in_a_window(servers: Vec<Server>, limit: NonZeroUsize) -> Vec<u64> {
    stream::iter(servers).map(ask).buffered(limit.get()).collect().await
}
// ANCHOR_END: window

// ANCHOR: slots
/// Slots that are filled again as soon as they are free.
pub async fn in_slots(servers: Vec<Server>, limit: NonZeroUsize) -> Vec<u64> {
    stream::iter(servers).map(ask).buffer_unordered(limit.get()).collect().await
}
// ANCHOR_END: slots

// ANCHOR: permits
/// Everybody starts, and most of them begin by waiting for a permit.
pub async fn with_permits(servers: Vec<Server>, limit: NonZeroUsize) -> Vec<u64> {
    let permits = Arc::new(Semaphore::new(limit.get()));
    let mut asked = JoinSet::new();
    for server in servers {
        let permits = permits.clone();
        asked.spawn(async move {
            let _permit = permits.acquire().await.expect("nobody closes this semaphore");
            ask(server).await
        });
    }
    asked.join_all().await
}
// ANCHOR_END: permits

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tokio::time::timeout;

    use super::*;
    use crate::journal::Journal;
    use crate::servers::taking;
    use crate::testing::{count, settle, tasks};

    async fn starts(
        strategy: impl AsyncFn(Vec<Server>, NonZeroUsize) -> Vec<u64>,
        milliseconds: &[u64],
    ) -> (Vec<u128>, u128) {
        let journal = Journal::silent();
        let mut prices = strategy(taking(milliseconds, &journal), count(2)).await;
        prices.sort_unstable();
        assert_eq!(prices.len(), milliseconds.len());
        assert_eq!(journal.peak(), 2);
        (journal.starts(), journal.total().as_millis())
    }

    #[tokio::test(start_paused = true)]
    async fn a_slow_first_one_holds_up_chunks_and_windows() {
        let row = [100, 1, 1, 1, 1, 1];
        assert_eq!(starts(in_chunks, &row).await, (vec![0, 0, 100, 100, 101, 101], 102));
        assert_eq!(starts(in_a_window, &row).await, (vec![0, 0, 100, 100, 101, 101], 102));
        assert_eq!(starts(in_slots, &row).await, (vec![0, 0, 1, 2, 3, 4], 100));
        assert_eq!(starts(with_permits, &row).await, (vec![0, 0, 1, 2, 3, 4], 100));
    }

    #[tokio::test(start_paused = true)]
    async fn a_window_moves_on_where_a_chunk_waits() {
        let row = [1, 100, 1, 1, 1, 1];
        assert_eq!(starts(in_chunks, &row).await, (vec![0, 0, 100, 100, 101, 101], 102));
        assert_eq!(starts(in_a_window, &row).await, (vec![0, 0, 1, 100, 100, 101], 102));
        assert_eq!(starts(in_slots, &row).await, (vec![0, 0, 1, 2, 3, 4], 100));
    }

    #[tokio::test(start_paused = true)]
    async fn a_semaphore_limits_the_work_and_not_the_tasks() {
        let asking = tokio::spawn(with_permits(taking(&[100; 6], &Journal::silent()), count(2)));
        settle().await;
        assert_eq!(tasks(), 1 + 6);
        asking.abort();
    }

    #[tokio::test(start_paused = true)]
    async fn nobody_to_ask_is_no_reason_to_wait() {
        for strategy in [in_chunks(vec![], count(2)).await, in_a_window(vec![], count(2)).await] {
            assert!(strategy.is_empty());
        }
        assert!(in_slots(vec![], count(2)).await.is_empty());
        assert!(with_permits(vec![], count(2)).await.is_empty());
    }

    #[tokio::test(start_paused = true)]
    async fn a_limit_of_zero_waits_for_ever_even_with_nothing_to_do() {
        let none: Vec<u64> = vec![];
        let waiting = stream::iter(none).map(|price| async move { price }).buffered(0).collect::<Vec<_>>();
        assert!(timeout(Duration::from_secs(60), waiting).await.is_err());
    }
}
