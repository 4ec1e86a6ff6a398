//! right: ticks come from a task of their own, through a channel with room for one; the task is aborted with the loop.

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
    let (tick, mut ticks) = mpsc::channel(1);
    let _ticker = AbortOnDropHandle::new(tokio::spawn(async move {
        loop {
            sleep(every).await;
            // If the last one has not been taken, this one is missed.
            let _ = tick.try_send(());
        }
    }));
    loop {
        let event = tokio::select! {
            biased;
            () = token.cancelled() => return Exit::Cancelled,
            Some(()) = ticks.recv() => Event::Tick,
            message = rx.recv() => match message {
                Some(message) => Event::Message(message),
                None => return Exit::Disconnected,
            },
        };
        on_event(event).await;
    }
}
