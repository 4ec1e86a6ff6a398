//! caught by: a_dropped_loop_takes_everything_with_it (failed)
//! idea: A clone of the token is the loop's own, and stops only those who hold it.

use std::future::Future;
use std::time::Duration;

use tokio::sync::mpsc;
use tokio::time::sleep;
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
    let (tick, mut ticks) = mpsc::channel(1);
    let _stop = token.clone().drop_guard();
    let stopped = token.clone();
    tokio::spawn(async move {
        while stopped.run_until_cancelled(sleep(every)).await.is_some() {
            let _ = tick.try_send(());
        }
    });
    loop {
        tokio::select! {
            biased;
            () = token.cancelled() => return Exit::Cancelled,
            Some(()) = ticks.recv() => on_event(Event::Tick).await,
            message = rx.recv() => match message {
                Some(message) => on_event(Event::Message(message)).await,
                None => return Exit::Disconnected,
            },
        }
    }
}
