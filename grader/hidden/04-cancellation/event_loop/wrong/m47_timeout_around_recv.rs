//! caught by: messages_do_not_put_ticks_off (failed)
//! idea: Whoever waits for a message for one period has waited for a tick.

use std::future::Future;
use std::time::Duration;

use tokio::sync::mpsc;
use tokio::time::timeout;
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
    loop {
        let received = tokio::select! {
            biased;
            () = token.cancelled() => return Exit::Cancelled,
            received = timeout(every, rx.recv()) => received,
        };
        match received {
            Ok(Some(message)) => on_event(Event::Message(message)).await,
            Ok(None) => return Exit::Disconnected,
            Err(_) => on_event(Event::Tick).await,
        }
    }
}
