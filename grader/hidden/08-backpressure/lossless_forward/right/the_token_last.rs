//! right: Items have priority, and one more moves after a cancel; the token is looked at after each.

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
            place = output.reserve() => place,
            () = token.cancelled() => return Stop::Cancelled,
        };
        let Ok(place) = place else { return Stop::OutputClosed };
        tokio::select! {
            biased;
            item = input.recv() => match item {
                Some(item) => place.send(item),
                None => return Stop::InputClosed,
            },
            () = output.closed() => return Stop::OutputClosed,
            () = token.cancelled() => return Stop::Cancelled,
        }
        if token.is_cancelled() {
            return Stop::Cancelled;
        }
        if output.is_closed() {
            return Stop::OutputClosed;
        }
    }
}
