//! Several servers are asked the same, and one answer is enough.

use futures::future::select_ok;
use tokio::sync::mpsc;

use crate::servers::{Refused, Server, try_ask};

// Wrong on purpose: a refusal is an answer, too, and often the quickest.
// ANCHOR: first_answer
/// The price of whichever server is quicker.
pub async fn first_answer(one: Server, other: Server) -> Result<u64, Refused> {
    tokio::select! {
        answer = try_ask(one) => answer,
        answer = try_ask(other) => answer,
    }
}
// ANCHOR_END: first_answer

// Wrong on purpose: whoever has lost goes on.
// ANCHOR: losers_run_on
/// The first price that any of the servers tells.
pub async fn losers_run_on(servers: Vec<Server>) -> Option<u64> {
    let (tell, mut told) = mpsc::channel(1);
    for server in servers {
        let tell = tell.clone();
        tokio::spawn(async move {
            if let Ok(price) = try_ask(server).await {
                // Somebody else may have been quicker.
                let _ = tell.send(price).await;
            }
        });
    }
    drop(tell);
    told.recv().await
}
// ANCHOR_END: losers_run_on

// ANCHOR: losers_are_dropped
/// The first price that any of the servers tells.
pub async fn losers_are_dropped(servers: Vec<Server>) -> Option<u64> {
    if servers.is_empty() {
        return None;
    }
    let attempts = servers.into_iter().map(try_ask).map(Box::pin);
    let (price, _losers) = select_ok(attempts).await.ok()?;
    Some(price)
}
// ANCHOR_END: losers_are_dropped

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::time::Duration;

    use tokio::task::JoinSet;

    use super::*;
    use crate::journal::{End, Journal};
    use crate::servers::{refusing, taking};
    use crate::testing::{settle, tasks};

    const RACE: [u64; 3] = [50, 100, 300];

    #[tokio::test(start_paused = true)]
    async fn the_first_answer_may_be_a_refusal() {
        let mut servers = refusing(1, taking(&RACE, &Journal::silent())).into_iter();
        let (one, other) = (servers.next().expect("three"), servers.next().expect("three"));
        assert!(first_answer(one, other).await.is_err());
    }

    #[tokio::test(start_paused = true)]
    async fn tasks_that_have_lost_go_on() {
        let journal = Journal::silent();
        let price = losers_run_on(refusing(1, taking(&RACE, &journal))).await;
        assert_eq!((price, tasks()), (Some(20), 1));
        tokio::time::sleep(Duration::from_secs(1)).await;
        assert_eq!(journal.total(), Duration::from_millis(300));
    }

    #[tokio::test(start_paused = true)]
    async fn futures_that_have_lost_are_gone() {
        let journal = Journal::silent();
        let price = losers_are_dropped(refusing(1, taking(&RACE, &journal))).await;
        assert_eq!((price, tasks()), (Some(20), 0));
        let last = journal.stretches().remove(2).ended;
        assert_eq!(last, Some((Duration::from_millis(100), End::Dropped)));
    }

    #[tokio::test(start_paused = true)]
    async fn nobody_wins_where_all_refuse_or_nobody_runs() {
        let all_refuse = || refusing(1, refusing(2, taking(&[50, 100], &Journal::silent())));
        assert_eq!(losers_run_on(all_refuse()).await, None);
        assert_eq!(losers_are_dropped(all_refuse()).await, None);
        assert_eq!(losers_run_on(vec![]).await, None);
        assert_eq!(losers_are_dropped(vec![]).await, None);
    }

    #[tokio::test(start_paused = true)]
    async fn an_aborted_task_is_gone_when_it_has_been_joined_and_not_before() {
        let (ours, theirs) = (Arc::new(()), Arc::new(()));
        let mut set = JoinSet::new();
        for held in [ours.clone(), theirs.clone()] {
            set.spawn(async move {
                std::future::pending::<()>().await;
                drop(held);
            });
        }
        settle().await;
        set.abort_all();
        assert_eq!((Arc::strong_count(&ours), Arc::strong_count(&theirs)), (2, 2));
        set.shutdown().await;
        assert_eq!((Arc::strong_count(&ours), Arc::strong_count(&theirs)), (1, 1));
    }
}
