//! caught by: the_longest_period_means_no_ticks (leaked)
//! idea: The ticker ends with the loop that started it.

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
    let _ticker = tokio::spawn(async move {
        loop {
            sleep(every).await;
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
