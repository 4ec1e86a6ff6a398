//! caught by: a_cancellation_does_not_interrupt_a_handler (failed)
//! idea: Whoever is cancelled stops at once, wherever he is.

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
    let running = async {
        loop {
            let event = tokio::select! {
                biased;
                () = next_tick(&mut ticks) => Event::Tick,
                message = rx.recv() => match message {
                    Some(message) => Event::Message(message),
                    None => return Exit::Disconnected,
                },
            };
            if token.is_cancelled() {
                return Exit::Cancelled;
            }
            on_event(event).await;
        }
    };
    tokio::select! {
        biased;
        () = token.cancelled() => Exit::Cancelled,
        exit = running => exit,
    }
}
