//! caught by: items_come_out_in_order (failed)
//! idea: A batch is taken out at once, and then item by item.

use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stop {
    InputClosed,
    OutputClosed,
    Cancelled,
}

pub async fn forward<T>(input: &mut mpsc::Receiver<T>, output: &mpsc::Sender<T>, token: &CancellationToken) -> Stop {
    let mut batch = Vec::new();
    loop {
        let place = tokio::select! {
            biased;
            () = token.cancelled() => return Stop::Cancelled,
            place = output.reserve() => place,
        };
        let Ok(place) = place else { return Stop::OutputClosed };
        if batch.is_empty() {
            tokio::select! {
                biased;
                () = token.cancelled() => return Stop::Cancelled,
                () = output.closed() => return Stop::OutputClosed,
                count = input.recv_many(&mut batch, 16) => {
                    if count == 0 {
                        return Stop::InputClosed;
                    }
                }
            }
        }
        if let Some(item) = batch.pop() {
            place.send(item);
        }
    }
}
