//! Dropping a future at every point.

use lab::prelude::*;
use tokio::sync::mpsc;

use crate::learner::{forward, forward_lossy};

/// Three items, and channels through which one at a time fits.
fn channels() -> (mpsc::Receiver<u8>, mpsc::Sender<u8>, mpsc::Receiver<u8>) {
    let (sender, input) = mpsc::channel(3);
    for item in 1..=3 {
        sender.try_send(item).unwrap();
    }
    let (output, received) = mpsc::channel(1);
    (input, output, received)
}

/// What is in the channels, in the order in which it would arrive.
async fn drained(mut input: mpsc::Receiver<u8>, output: mpsc::Sender<u8>, mut received: mpsc::Receiver<u8>) -> Vec<u8> {
    drop(output);
    let mut items = Vec::new();
    while let Some(item) = received.recv().await {
        items.push(item);
    }
    while let Some(item) = input.recv().await {
        items.push(item);
    }
    items
}

/// For every number of polls after which the future is dropped: is something missing?
macro_rules! sweep {
    ($forward:ident) => {{
        let mut losses = Vec::new();
        for polls in 0..6 {
            let (mut input, output, mut received) = channels();
            // The output has room for one: the second item has to wait, and one is taken away in between.
            let taken = {
                let _ = cancel_after(polls, $forward(&mut input, &output)).await;
                received.try_recv().ok()
            };
            let _ = cancel_after(polls, $forward(&mut input, &output)).await;
            let items: Vec<u8> = taken.into_iter().chain(drained(input, output, received).await).collect();
            losses.push(items != [1, 2, 3]);
        }
        losses
    }};
}

/// Where a future holds no item while it waits, nothing is lost.
#[lab::test(rejects(M08), read = "Cancelling")]
async fn a_sweep_accepts_a_reserved_place() {
    expect_eq("drops that lose an item", vec![false; 6], sweep!(forward));
}

/// A `send` that is dropped takes its item along.
#[lab::test(rejects(M08), read = "Cancelling")]
async fn a_sweep_finds_a_lossy_send() {
    expect_eq("drops that lose an item", vec![false, true, true, true, true, true], sweep!(forward_lossy));
}

/// The polls of a sweep are those that the future needs.
#[lab::test(read = "Cancelling")]
async fn polls_are_counted() {
    let work = || async {
        tokio::time::sleep(ms(10)).await;
        tokio::time::sleep(ms(10)).await;
        5
    };
    let needed = polls_to_finish(work()).await;
    expect(needed > 2, "a poll for the beginning and one for each timer", needed);
    expect_eq("the output after one poll too few", None, cancel_after(needed - 1, work()).await);
    expect_eq("the output after enough polls", Some(5), cancel_after(needed, work()).await);
    expect_eq("the output after none", None, cancel_after(0, async { 5 }).await);
}
