//! caught by: a_closed_input_is_drained_first (failed)
//! idea: When the input is closed, there is nothing more to move.

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
        if input.is_closed() {
            return Stop::InputClosed;
        }
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
            item = input.recv() => match item {
                Some(item) => place.send(item),
                None => return Stop::InputClosed,
            },
        }
    }
}
