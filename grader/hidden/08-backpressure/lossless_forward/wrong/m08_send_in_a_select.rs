//! caught by: a_cancel_loses_no_item (failed)
//! idea: If the cancel wins the `select!`, the item was not sent, so it is still here.

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
        tokio::select! {
            biased;
            () = token.cancelled() => return Stop::Cancelled,
            () = output.closed() => return Stop::OutputClosed,
            item = input.recv() => match item {
                Some(item) => tokio::select! {
                    biased;
                    () = token.cancelled() => return Stop::Cancelled,
                    sent = output.send(item) => {
                        if sent.is_err() {
                            return Stop::OutputClosed;
                        }
                    }
                },
                None => return Stop::InputClosed,
            },
        }
    }
}
