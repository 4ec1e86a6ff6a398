//! caught by: a_cancel_is_noticed_while_the_input_is_silent (failed)
//! idea: It is enough to look at the token before each item.

use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stop {
    InputClosed,
    OutputClosed,
    Cancelled,
}

pub async fn forward<T>(input: &mut mpsc::Receiver<T>, output: &mpsc::Sender<T>, token: &CancellationToken) -> Stop {
    while !token.is_cancelled() {
        let Ok(place) = output.reserve().await else { return Stop::OutputClosed };
        tokio::select! {
            () = output.closed() => return Stop::OutputClosed,
            item = input.recv() => match item {
                Some(item) => place.send(item),
                None => return Stop::InputClosed,
            },
        }
    }
    Stop::Cancelled
}
