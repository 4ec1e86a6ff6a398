//! caught by: cancelled_and_disconnected_is_cancelled (failed)
//! idea: `run_until_cancelled` gives `None` whenever the token is cancelled.

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
        let event = token.run_until_cancelled(async {
            tokio::select! {
                biased;
                () = next_tick(&mut ticks) => Some(Event::Tick),
                message = rx.recv() => message.map(Event::Message),
            }
        });
        match event.await {
            None => return Exit::Cancelled,
            Some(None) => return Exit::Disconnected,
            Some(Some(_)) if token.is_cancelled() => return Exit::Cancelled,
            Some(Some(event)) => on_event(event).await,
        }
    }
}
