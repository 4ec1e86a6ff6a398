//! caught by: an_idle_loop_costs_nothing (failed)
//! idea: Whoever looks often enough misses nothing.

use std::future::Future;
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
    let mut next = Instant::now().checked_add(every);
    loop {
        if token.is_cancelled() {
            return Exit::Cancelled;
        }
        if next.is_some_and(|next| next <= Instant::now()) {
            next = Instant::now().checked_add(every);
            on_event(Event::Tick).await;
            continue;
        }
        match rx.try_recv() {
            Ok(message) => on_event(Event::Message(message)).await,
            Err(mpsc::error::TryRecvError::Disconnected) => return Exit::Disconnected,
            Err(mpsc::error::TryRecvError::Empty) => sleep(Duration::from_millis(1)).await,
        }
    }
}
