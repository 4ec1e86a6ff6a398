//! caught by: items_move_as_they_come (failed)
//! idea: First take everything that comes, then pass it on: the output is the same.

use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stop {
    InputClosed,
    OutputClosed,
    Cancelled,
}

pub async fn forward<T>(input: &mut mpsc::Receiver<T>, output: &mpsc::Sender<T>, token: &CancellationToken) -> Stop {
    let mut items = Vec::new();
    loop {
        tokio::select! {
            biased;
            () = token.cancelled() => return Stop::Cancelled,
            () = output.closed() => return Stop::OutputClosed,
            item = input.recv() => match item {
                Some(item) => items.push(item),
                None => break,
            },
        }
    }
    for item in items {
        tokio::select! {
            biased;
            () = token.cancelled() => return Stop::Cancelled,
            place = output.reserve() => match place {
                Ok(place) => place.send(item),
                Err(_) => return Stop::OutputClosed,
            },
        }
    }
    Stop::InputClosed
}
