//! right: An input that is closed and empty is reported without waiting for a place.

use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stop {
    InputClosed,
    OutputClosed,
    Cancelled,
}

pub async fn forward<T>(input: &mut mpsc::Receiver<T>, output: &mpsc::Sender<T>, token: &CancellationToken) -> Stop {
    loop {
        if input.is_closed() && input.is_empty() && input.sender_strong_count() == 0 {
            return Stop::InputClosed;
        }
        tokio::select! {
            biased;
            () = output.closed() => return Stop::OutputClosed,
            () = token.cancelled() => return Stop::Cancelled,
            place = output.reserve() => {
                let Ok(place) = place else { return Stop::OutputClosed };
                tokio::select! {
                    biased;
                    () = output.closed() => return Stop::OutputClosed,
                    () = token.cancelled() => return Stop::Cancelled,
                    item = input.recv() => match item {
                        Some(item) => place.send(item),
                        None => return Stop::InputClosed,
                    },
                }
            }
        }
    }
}
