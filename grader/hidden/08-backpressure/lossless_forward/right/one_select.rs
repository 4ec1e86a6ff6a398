//! right: A loop around a single `select!`; the permit is kept from turn to turn.

use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stop {
    InputClosed,
    OutputClosed,
    Cancelled,
}

pub async fn forward<T>(input: &mut mpsc::Receiver<T>, output: &mpsc::Sender<T>, token: &CancellationToken) -> Stop {
    let mut place = None;
    loop {
        let has_place = place.is_some();
        tokio::select! {
            biased;
            () = token.cancelled() => return Stop::Cancelled,
            () = output.closed() => return Stop::OutputClosed,
            reserved = output.reserve(), if !has_place => match reserved {
                Ok(reserved) => place = Some(reserved),
                Err(_) => return Stop::OutputClosed,
            },
            item = input.recv(), if has_place => match (item, place.take()) {
                (Some(item), Some(place)) => place.send(item),
                _ => return Stop::InputClosed,
            },
        }
    }
}
