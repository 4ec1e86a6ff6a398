//! right: No `select!`: one `poll_fn` that asks everybody, with an owned permit.

use std::future::poll_fn;
use std::pin::pin;
use std::task::{Poll, ready};

use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stop {
    InputClosed,
    OutputClosed,
    Cancelled,
}

pub async fn forward<T>(input: &mut mpsc::Receiver<T>, output: &mpsc::Sender<T>, token: &CancellationToken) -> Stop {
    let mut cancelled = pin!(token.cancelled());
    let mut closed = pin!(output.closed());
    let mut reserving = Box::pin(output.clone().reserve_owned());
    let mut place = None;
    poll_fn(|context| {
        loop {
            if cancelled.as_mut().poll(context).is_ready() {
                return Poll::Ready(Stop::Cancelled);
            }
            if closed.as_mut().poll(context).is_ready() {
                return Poll::Ready(Stop::OutputClosed);
            }
            if place.is_none() {
                match ready!(reserving.as_mut().poll(context)) {
                    Ok(reserved) => place = Some(reserved),
                    Err(_) => return Poll::Ready(Stop::OutputClosed),
                }
            }
            let Some(item) = ready!(input.poll_recv(context)) else { return Poll::Ready(Stop::InputClosed) };
            if let Some(place) = place.take() {
                reserving.set(place.send(item).reserve_owned());
            }
        }
    })
    .await
}
