//! caught by: a_closed_output_is_noticed_while_there_is_no_place (failed)
//! idea: An item that could not be sent because the output is closed is of no use to anybody.

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
        if output.send(item).await.is_err() {
            return Stop::OutputClosed;
        }
    }
}
