//! caught by: missed_ticks_are_not_made_up_for (failed)
//! idea: Ticks are messages like others, and may wait in a queue.

use std::future::Future;
use std::time::Duration;

use tokio::sync::mpsc;
use tokio::time::sleep;
use tokio_util::sync::CancellationToken;
use tokio_util::task::AbortOnDropHandle;

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
    let (tick, mut ticks) = mpsc::unbounded_channel();
    let _ticker = AbortOnDropHandle::new(tokio::spawn(async move {
        loop {
            sleep(every).await;
            if tick.send(()).is_err() {
                return;
            }
        }
    }));
    loop {
        tokio::select! {
            biased;
            () = token.cancelled() => return Exit::Cancelled,
            _ = ticks.recv() => on_event(Event::Tick).await,
            message = rx.recv() => match message {
                Some(message) => on_event(Event::Message(message)).await,
                None => return Exit::Disconnected,
            },
        }
    }
}
