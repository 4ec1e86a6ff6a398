//! right: receives up to sixteen messages at a time and keeps them in hand; token and tick are looked at before each of them.

use std::collections::VecDeque;
use std::future::Future;
use std::pin::pin;
use std::time::Duration;

use tokio::sync::mpsc;
use tokio::time::{Instant, sleep};
use tokio_util::sync::CancellationToken;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event<T> {
    Message(T),
    Tick,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    Cancelled,
    Disconnected,
}

pub async fn event_loop<T, H, Fut>(
    mut rx: mpsc::Receiver<T>,
    token: CancellationToken,
    every: Duration,
    mut on_event: H,
) -> Exit
where
    H: FnMut(Event<T>) -> Fut,
    Fut: Future<Output = ()>,
{
    let mut hand = VecDeque::new();
    let mut batch = Vec::new();
    let mut timer = pin!(sleep(every));
    loop {
        if token.is_cancelled() {
            return Exit::Cancelled;
        }
        if timer.is_elapsed() || timer.deadline() <= Instant::now() {
            on_event(Event::Tick).await;
            // Drifts by what the handler took.
            timer.set(sleep(every));
        } else if let Some(message) = hand.pop_front() {
            on_event(Event::Message(message)).await;
        } else {
            tokio::select! {
                biased;
                () = token.cancelled() => {}
                () = timer.as_mut() => {}
                received = rx.recv_many(&mut batch, 16) => {
                    if received == 0 {
                        return Exit::Disconnected;
                    }
                    hand.extend(batch.drain(..));
                }
            }
        }
    }
}
