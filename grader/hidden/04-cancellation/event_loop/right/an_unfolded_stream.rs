//! right: the events are an `unfold`ed stream that is cut off by the token, and `for_each` runs the handlers.

use std::cell::Cell;
use std::future::{Future, pending};
use std::time::Duration;

use futures::stream::{StreamExt, unfold};
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

struct Source<'a, T> {
    rx: mpsc::Receiver<T>,
    token: &'a CancellationToken,
    ticks: Option<Interval>,
    exit: &'a Cell<Exit>,
}

impl<T> Source<'_, T> {
    async fn next(mut self) -> Option<(Event<T>, Self)> {
        let tick = async {
            match &mut self.ticks {
                Some(ticks) => drop(ticks.tick().await),
                None => pending().await,
            }
        };
        let event = tokio::select! {
            biased;
            () = self.token.cancelled() => None,
            () = tick => Some(Event::Tick),
            message = self.rx.recv() => {
                if message.is_none() {
                    self.exit.set(Exit::Disconnected);
                }
                message.map(Event::Message)
            }
        };
        event.map(|event| (event, self))
    }
}

pub async fn event_loop<T, H, Fut>(
    rx: mpsc::Receiver<T>,
    token: CancellationToken,
    every: Duration,
    on_event: H,
) -> Exit
where
    H: FnMut(Event<T>) -> Fut,
    Fut: Future<Output = ()>,
{
    let exit = Cell::new(Exit::Cancelled);
    let ticks = Instant::now().checked_add(every).map(|first| {
        let mut ticks = interval_at(first, every);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        ticks
    });
    unfold(Source { rx, token: &token, ticks, exit: &exit }, Source::next).for_each(on_event).await;
    exit.get()
}
