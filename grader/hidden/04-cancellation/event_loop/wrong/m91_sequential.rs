//! caught by: an_idle_loop_ticks_once_per_period (failed)
//! idea: One thing after the other: a message, and then a look at the clock.

use std::future::Future;
use std::time::Duration;

use tokio::sync::mpsc;
use tokio::time::Instant;
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
    let mut last = Instant::now();
    loop {
        let message = tokio::select! {
            biased;
            () = token.cancelled() => return Exit::Cancelled,
            message = rx.recv() => message,
        };
        match message {
            Some(message) => on_event(Event::Message(message)).await,
            None => return Exit::Disconnected,
        }
        if last.elapsed() >= every && !token.is_cancelled() {
            last = Instant::now();
            on_event(Event::Tick).await;
        }
    }
}
