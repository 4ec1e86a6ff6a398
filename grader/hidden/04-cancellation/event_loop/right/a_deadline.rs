//! right: no timer object but a point in time: `timeout_at` around `recv`, and a look at clock and token before every handler.

use std::future::Future;
use std::time::Duration;

use tokio::sync::mpsc;
use tokio::time::{Instant, timeout_at};
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
    let beyond = || Instant::now() + Duration::from_secs(86_400 * 365 * 30);
    let mut due = Instant::now().checked_add(every);
    loop {
        let now = Instant::now();
        let event = if token.is_cancelled() {
            return Exit::Cancelled;
        } else if due.is_some_and(|due| due <= now) {
            due = now.checked_add(every);
            Event::Tick
        } else {
            let received = token.run_until_cancelled(timeout_at(due.unwrap_or_else(beyond), rx.recv())).await;
            // `run_until_cancelled` prefers what its future returns.
            if token.is_cancelled() {
                return Exit::Cancelled;
            }
            match received {
                None => return Exit::Cancelled,
                Some(Ok(None)) => return Exit::Disconnected,
                Some(Ok(Some(message))) => Event::Message(message),
                Some(Err(_)) => continue,
            }
        };
        on_event(event).await;
    }
}
