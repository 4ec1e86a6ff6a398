//! caught by: after_a_cancel_at_most_one_more_item_moves (failed)
//! idea: `select!` takes the branch that was ready first.

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
            () = token.cancelled() => return Stop::Cancelled,
            place = output.reserve() => place,
        };
        let Ok(place) = place else { return Stop::OutputClosed };
        tokio::select! {
            () = token.cancelled() => return Stop::Cancelled,
            () = output.closed() => return Stop::OutputClosed,
            item = input.recv() => match item {
                Some(item) => place.send(item),
                None => return Stop::InputClosed,
            },
        }
    }
}
