//! caught by: an_idle_loop_handles_a_message_at_once (failed)
//! idea: At every tick the loop looks what has come.

use std::future::Future;
use std::time::Duration;

use tokio::sync::mpsc;
use tokio::time::{Instant, MissedTickBehavior, interval_at};
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
    let Some(first) = Instant::now().checked_add(every) else {
        loop {
            tokio::select! {
                biased;
                () = token.cancelled() => return Exit::Cancelled,
                message = rx.recv() => match message {
                    Some(message) => on_event(Event::Message(message)).await,
                    None => return Exit::Disconnected,
                },
            }
        }
    };
    let mut ticks = interval_at(first, every);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        loop {
            if token.is_cancelled() {
                return Exit::Cancelled;
            }
            match rx.try_recv() {
                Ok(message) => on_event(Event::Message(message)).await,
                Err(mpsc::error::TryRecvError::Empty) => break,
                Err(mpsc::error::TryRecvError::Disconnected) => return Exit::Disconnected,
            }
        }
        tokio::select! {
            biased;
            () = token.cancelled() => return Exit::Cancelled,
            _ = ticks.tick() => on_event(Event::Tick).await,
        }
    }
}
