//! Four programs that ask every server and answer in the order of the servers.

use futures::future::join_all;
use futures::stream::{self, StreamExt};

use crate::servers::{Server, ask};

// ANCHOR: a
/// Program A.
pub async fn held(servers: Vec<Server>) -> Vec<u64> {
    let asked: Vec<_> = servers.into_iter().map(ask).collect();
    let mut prices = Vec::new();
    for answer in asked {
        prices.push(answer.await);
    }
    prices
}
// ANCHOR_END: a

// ANCHOR: b
/// Program B.
pub async fn spawned(servers: Vec<Server>) -> Vec<u64> {
    let asked: Vec<_> = servers.into_iter().map(ask).map(tokio::spawn).collect();
    let mut prices = Vec::new();
    for answer in asked {
        prices.push(answer.await.expect("asking does not panic"));
    }
    prices
}
// ANCHOR_END: b

// ANCHOR: c
/// Program C.
pub async fn joined(servers: Vec<Server>) -> Vec<u64> {
    join_all(servers.into_iter().map(ask)).await
}
// ANCHOR_END: c

// ANCHOR: d
/// Program D.
pub async fn buffered(servers: Vec<Server>) -> Vec<u64> {
    stream::iter(servers).map(ask).buffered(1).collect().await
}
// ANCHOR_END: d

// ANCHOR: pulled
/// Program B without its first line: tasks are spawned as the loop asks for them.
pub async fn pulled(servers: Vec<Server>) -> Vec<u64> {
    let mut prices = Vec::new();
    for answer in servers.into_iter().map(ask).map(tokio::spawn) {
        prices.push(answer.await.expect("asking does not panic"));
    }
    prices
}
// ANCHOR_END: pulled

#[cfg(test)]
mod tests {
    use std::thread;
    use std::time::Duration;

    use super::*;
    use crate::journal::Journal;
    use crate::servers::taking;

    async fn starts(program: impl AsyncFn(Vec<Server>) -> Vec<u64>) -> Vec<u128> {
        let journal = Journal::silent();
        assert_eq!(program(taking(&[300; 3], &journal)).await, [10, 20, 30]);
        journal.starts()
    }

    #[tokio::test(start_paused = true)]
    async fn four_programs_one_result_and_two_ways_to_get_it() {
        assert_eq!(starts(held).await, [0, 300, 600]);
        assert_eq!(starts(spawned).await, [0, 0, 0]);
        assert_eq!(starts(joined).await, [0, 0, 0]);
        assert_eq!(starts(buffered).await, [0, 300, 600]);
        assert_eq!(starts(pulled).await, [0, 300, 600]);
    }

    #[tokio::test(start_paused = true)]
    async fn no_servers_no_prices() {
        for prices in [held(vec![]).await, spawned(vec![]).await, joined(vec![]).await, buffered(vec![]).await] {
            assert!(prices.is_empty());
        }
    }

    #[tokio::test]
    async fn joined_futures_take_turns_on_one_thread() {
        let journal = Journal::silent();
        let computing = |number: usize| {
            let journal = journal.clone();
            async move {
                let computing = journal.begin(&format!("future {number}"), "computes");
                thread::sleep(Duration::from_millis(1));
                computing.done("is done");
                thread::current().id()
            }
        };
        let threads = join_all((1..=3).map(computing)).await;
        assert!(threads.iter().all(|&thread| thread == thread::current().id()));
        assert_eq!(journal.peak(), 1);
    }
}
