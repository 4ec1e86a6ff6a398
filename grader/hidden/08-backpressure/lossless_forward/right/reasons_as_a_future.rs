//! right: All reasons to stop are one future, raced by `futures::select` against a loop that stops itself when asked.

use std::pin::pin;

use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stop {
    InputClosed,
    OutputClosed,
    Cancelled,
}

pub async fn forward<T>(input: &mut mpsc::Receiver<T>, output: &mpsc::Sender<T>, token: &CancellationToken) -> Stop {
    let reason = async {
        tokio::select! {
            () = token.cancelled() => Stop::Cancelled,
            () = output.closed() => Stop::OutputClosed,
        }
    };
    let moving = async {
        while !token.is_cancelled() {
            match output.reserve().await {
                Ok(place) if !token.is_cancelled() => match input.recv().await {
                    Some(item) => place.send(item),
                    None => return Stop::InputClosed,
                },
                Ok(_) => break,
                Err(_) => return Stop::OutputClosed,
            }
        }
        Stop::Cancelled
    };
    futures::future::select(pin!(moving), pin!(reason)).await.factor_first().0
}
