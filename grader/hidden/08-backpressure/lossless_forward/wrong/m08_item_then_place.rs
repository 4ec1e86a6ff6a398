//! caught by: a_future_dropped_anywhere_loses_nothing (failed)
//! idea: Reserving a place makes sending safe, so the item may be received first.

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
        let item = tokio::select! {
            biased;
            () = token.cancelled() => return Stop::Cancelled,
            () = output.closed() => return Stop::OutputClosed,
            item = input.recv() => item,
        };
        let Some(item) = item else { return Stop::InputClosed };
        let place = tokio::select! {
            biased;
            () = token.cancelled() => return Stop::Cancelled,
            place = output.reserve() => place,
        };
        match place {
            Ok(place) => place.send(item),
            Err(_) => return Stop::OutputClosed,
        }
    }
}
