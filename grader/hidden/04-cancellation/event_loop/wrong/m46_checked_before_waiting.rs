//! caught by: a_message_just_in_does_not_beat_a_cancellation (failed)
//! idea: It is enough to look at the token once per turn, before the waiting begins.

use std::future::Future;
use std::time::Duration;

use tokio::sync::mpsc;
use tokio::time::{Instant, Interval, MissedTickBehavior, interval_at};
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

/// `None` if the first tick lies beyond all time.
fn ticks(every: Duration) -> Option<Interval> {
    let mut ticks = interval_at(Instant::now().checked_add(every)?, every);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    Some(ticks)
}

async fn next_tick(ticks: &mut Option<Interval>) {
    match ticks {
        Some(ticks) => {
            ticks.tick().await;
        }
        None => std::future::pending().await,
    }
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
    let mut ticks = ticks(every);
    loop {
        if token.is_cancelled() {
            return Exit::Cancelled;
        }
        tokio::select! {
            () = token.cancelled() => return Exit::Cancelled,
            () = next_tick(&mut ticks) => on_event(Event::Tick).await,
            message = rx.recv() => match message {
                Some(message) => on_event(Event::Message(message)).await,
                None => return Exit::Disconnected,
            },
        }
    }
}
