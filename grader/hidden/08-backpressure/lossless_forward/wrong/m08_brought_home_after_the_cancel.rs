//! caught by: a_cancel_is_noticed_while_there_is_no_place (failed)
//! idea: After a cancel the item in hand is sent first; that cannot take long.

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
        match item {
            Some(item) => {
                if output.send(item).await.is_err() {
                    return Stop::OutputClosed;
                }
            }
            None => return Stop::InputClosed,
        }
    }
}
