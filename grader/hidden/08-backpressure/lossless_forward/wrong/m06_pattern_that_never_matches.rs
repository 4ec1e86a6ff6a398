//! caught by: a_closed_input_is_drained_first (failed)
//! idea: `Some(item) = input.recv()` ends when nothing comes any more.

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
        let place = tokio::select! {
            biased;
            () = token.cancelled() => return Stop::Cancelled,
            place = output.reserve() => place,
        };
        let Ok(place) = place else { return Stop::OutputClosed };
        tokio::select! {
            biased;
            () = token.cancelled() => return Stop::Cancelled,
            () = output.closed() => return Stop::OutputClosed,
            Some(item) = input.recv() => place.send(item),
            else => return Stop::InputClosed,
        }
    }
}
