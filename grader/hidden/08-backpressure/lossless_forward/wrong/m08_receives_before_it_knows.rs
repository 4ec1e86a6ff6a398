//! caught by: nothing_is_taken_for_an_output_that_is_closed (failed)
//! idea: Whether the output is closed is seen when something is sent.

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
            item = input.recv() => item,
            () = output.closed() => return Stop::OutputClosed,
        };
        let Some(item) = item else { return Stop::InputClosed };
        let sent = tokio::select! {
            biased;
            sent = output.send(item) => sent,
            () = token.cancelled() => return Stop::Cancelled,
        };
        if sent.is_err() {
            return Stop::OutputClosed;
        }
    }
}
