//! A source, a stage in the middle, and a sink that stands still: how much does the source give away?

use std::time::Duration;

use tokio::sync::mpsc::{Receiver, Sender, UnboundedSender};
use tokio::sync::{mpsc, oneshot, watch};
use tokio::task::JoinSet;
use tokio::time::sleep;

// ANCHOR: bounded
/// Parses lines, and hands on what comes of them.
pub async fn parse(mut lines: Receiver<u32>, records: Sender<u32>) {
    while let Some(line) = lines.recv().await {
        if records.send(line * 2).await.is_err() {
            break;
        }
    }
}
// ANCHOR_END: bounded

// ANCHOR: unbounded
/// The same, so that parsing never has to wait.
pub async fn parse_ahead(mut lines: Receiver<u32>, records: UnboundedSender<u32>) {
    while let Some(line) = lines.recv().await {
        if records.send(line * 2).is_err() {
            break;
        }
    }
}
// ANCHOR_END: unbounded

/// Offers `lines` lines to a stage that hands on through queues for two, to a sink that takes nothing for a second.
/// Returns how many lines the source was rid of by then.
pub async fn taken_from_the_source(lines: u32, ahead: bool) -> u32 {
    let (source, raw) = mpsc::channel(2);
    let (stop, stopped) = oneshot::channel::<()>();
    let mut stages = JoinSet::new();
    if ahead {
        let (records, mut sink) = mpsc::unbounded_channel();
        stages.spawn(parse_ahead(raw, records));
        stages.spawn(async move {
            let _ = stopped.await;
            while sink.recv().await.is_some() {}
        });
    } else {
        let (records, mut sink) = mpsc::channel(2);
        stages.spawn(parse(raw, records));
        stages.spawn(async move {
            let _ = stopped.await;
            while sink.recv().await.is_some() {}
        });
    }
    let (count, counted) = watch::channel(0);
    stages.spawn(async move {
        for line in 0..lines {
            source.send(line).await.expect("the stages end after the source");
            count.send_replace(line + 1);
        }
    });
    // The clock is paused: when it moves, everything that could happen has happened.
    sleep(Duration::from_secs(1)).await;
    let taken = *counted.borrow();
    drop(stop);
    while let Some(ended) = stages.join_next().await {
        ended.expect("no stage panics");
    }
    taken
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_chain_of_bounded_queues_stops_the_source() {
        // Two in each queue, and one in the hand of the stage.
        assert_eq!(taken_from_the_source(10_000, false).await, 5);
    }

    #[tokio::test(start_paused = true)]
    async fn one_link_without_a_limit_lets_everything_through() {
        assert_eq!(taken_from_the_source(10_000, true).await, 10_000);
    }
}
