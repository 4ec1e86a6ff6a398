//! right: messages and ticks are merged into one stream that ends with the messages; the token is looked at first.

use std::future::Future;
use std::pin::pin;
use std::time::Duration;

use futures::stream::{self, BoxStream, StreamExt};
use tokio::sync::mpsc;
use tokio::time::{Instant, MissedTickBehavior, interval_at};
use tokio_stream::wrappers::{IntervalStream, ReceiverStream};
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
    rx: mpsc::Receiver<T>,
    token: CancellationToken,
    every: Duration,
    mut on_event: H,
) -> Exit
where
    H: FnMut(Event<T>) -> Fut,
    Fut: Future<Output = ()>,
{
    let ticks: BoxStream<'static, ()> = match Instant::now().checked_add(every) {
        None => stream::pending().boxed(),
        Some(first) => {
            let mut ticks = interval_at(first, every);
            ticks.set_missed_tick_behavior(MissedTickBehavior::Skip);
            IntervalStream::new(ticks).map(drop).boxed()
        }
    };
    let messages = ReceiverStream::new(rx).map(|message| Some(Event::Message(message)));
    // The last item says that there are no more messages. Without it the ticks would keep the stream going.
    let messages = messages.chain(stream::iter([None]));
    let mut events = pin!(stream::select(ticks.map(|()| Some(Event::Tick)), messages));
    loop {
        tokio::select! {
            biased;
            () = token.cancelled() => return Exit::Cancelled,
            event = events.next() => match event.flatten() {
                Some(event) => on_event(event).await,
                None => return Exit::Disconnected,
            },
        }
    }
}
