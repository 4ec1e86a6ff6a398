//! caught by: a_cancel_is_noticed_while_there_is_no_place (failed)
//! idea: Only waiting for an item can take long; a place will be free soon.

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
        let Ok(place) = output.reserve().await else { return Stop::OutputClosed };
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
