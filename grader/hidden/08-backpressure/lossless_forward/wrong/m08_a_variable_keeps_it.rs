//! caught by: no_item_is_between_the_channels (failed)
//! idea: An item that waits in a variable of mine is safe there.

use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stop {
    InputClosed,
    OutputClosed,
    Cancelled,
}

pub async fn forward<T>(input: &mut mpsc::Receiver<T>, output: &mpsc::Sender<T>, token: &CancellationToken) -> Stop {
    let mut waiting = None;
    loop {
        if let Some(item) = waiting.take() {
            match output.try_send(item) {
                Ok(()) => {}
                Err(mpsc::error::TrySendError::Closed(_)) => return Stop::OutputClosed,
                Err(mpsc::error::TrySendError::Full(item)) => {
                    waiting = Some(item);
                    tokio::select! {
                        biased;
                        () = token.cancelled() => return Stop::Cancelled,
                        place = output.reserve() => {
                            if place.is_err() {
                                return Stop::OutputClosed;
                            }
                        }
                    }
                }
            }
            continue;
        }
        tokio::select! {
            biased;
            () = token.cancelled() => return Stop::Cancelled,
            () = output.closed() => return Stop::OutputClosed,
            item = input.recv() => match item {
                Some(item) => waiting = Some(item),
                None => return Stop::InputClosed,
            },
        }
    }
}
