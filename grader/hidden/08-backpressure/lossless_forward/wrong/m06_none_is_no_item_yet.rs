//! caught by: an_input_that_closes_is_noticed (failed)
//! idea: `None` means that there is no item right now.

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
            item = input.recv() => {
                if let Some(item) = item {
                    place.send(item);
                }
            }
        }
    }
}
