//! # `event-loop`: messages, ticks and shutdown in one `select!`
//!
//! - A handler that was started is run to its end; handlers never overlap. Messages come in order, each of them once.
//! - The first tick comes one period after the start, and at least one within any two periods, however full the queue
//!   is. Missed ticks are not made up for. `Duration::MAX` means no ticks.
//! - From the cancellation on no handler starts: `Cancelled`, and the messages that are left are dropped. All senders
//!   gone and everything handled: `Disconnected`, at once. Both: `Cancelled`.

use std::future::{Future, pending};
use std::time::Duration;

use tokio::sync::mpsc;
use tokio::time::{Instant, Interval, MissedTickBehavior, interval_at};
use tokio_util::sync::CancellationToken;

/// What a handler is called for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event<T> {
    /// A message has come.
    Message(T),
    /// A period is over.
    Tick,
}

/// Why the loop has ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// The token was cancelled.
    Cancelled,
    /// All senders are gone, and every message has been handled.
    Disconnected,
}

/// Calls `on_event` for every message from `rx` and for a tick every `every`, one at a time, until `token` is cancelled
/// or all senders are gone.
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
    // One interval for the whole loop. A `sleep(every)` among the branches would begin anew on every turn, and a message
    // every now and then would be enough to keep it from ever ending. `interval_at`, because the first tick of a plain
    // `interval` is due at once; and where the sum is no point in time, there is no tick to wait for.
    let mut ticks = Instant::now().checked_add(every).map(|first| interval_at(first, every));
    if let Some(ticks) = &mut ticks {
        // The default is `Burst`: all missed ticks, one right after the other. `Delay` would do as well.
        ticks.set_missed_tick_behavior(MissedTickBehavior::Skip);
    }
    loop {
        // In this order, and not by lot: if the token is cancelled, nothing else counts. Ticks come before messages,
        // because a full queue is ready all the time, and a tick once per period.
        let event = tokio::select! {
            biased;
            () = token.cancelled() => return Exit::Cancelled,
            () = next_tick(&mut ticks) => Event::Tick,
            // No pattern `Some(message)` here: at the end of the messages it would switch this branch off, and the loop
            // would live on for its ticks.
            message = rx.recv() => match message {
                Some(message) => Event::Message(message),
                None => return Exit::Disconnected,
            },
        };
        // Not in a branch, where the next tick would cut it short. What the branches do may be dropped half-way: none of
        // the three has taken anything by then.
        on_event(event).await;
    }
}

/// Waits for the next tick, or for ever if there are none.
async fn next_tick(ticks: &mut Option<Interval>) {
    match ticks {
        Some(ticks) => {
            ticks.tick().await;
        }
        None => pending().await,
    }
}
