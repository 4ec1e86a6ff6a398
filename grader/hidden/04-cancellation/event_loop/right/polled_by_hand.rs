//! right: one `poll_fn` that polls token, pinned sleep and receiver in this order; a late tick waits for the next beat if it is very late.

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

use tokio::sync::mpsc;
use tokio::time::{Instant, sleep, sleep_until};
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

enum Turn<T> {
    Handle(Event<T>),
    Late,
    End(Exit),
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
    let start = Instant::now();
    let mut beat = start.checked_add(every);
    let mut cancelled = pin!(token.cancelled());
    let mut timer = pin!(match beat {
        Some(beat) => sleep_until(beat),
        None => sleep(Duration::MAX),
    });
    loop {
        let turn = poll_fn(|context| {
            if cancelled.as_mut().poll(context).is_ready() {
                return Poll::Ready(Turn::End(Exit::Cancelled));
            }
            if timer.as_mut().poll(context).is_ready() {
                let late = beat.is_some_and(|beat| beat.elapsed() > every / 2);
                return Poll::Ready(if late { Turn::Late } else { Turn::Handle(Event::Tick) });
            }
            rx.poll_recv(context).map(|message| match message {
                Some(message) => Turn::Handle(Event::Message(message)),
                None => Turn::End(Exit::Disconnected),
            })
        });
        let turn = turn.await;
        if let (Some(due), Turn::Late | Turn::Handle(Event::Tick)) = (&mut beat, &turn) {
            while *due <= Instant::now() {
                *due += every;
            }
            timer.as_mut().reset(*due);
        }
        match turn {
            Turn::Handle(event) => on_event(event).await,
            Turn::Late => {}
            Turn::End(exit) => return exit,
        }
    }
}
