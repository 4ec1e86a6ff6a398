//! caught by: at_most_one_place_is_reserved (failed)
//! idea: Reserving every place there is saves waiting for them one by one.

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
        let count = output.capacity().max(1);
        let places = tokio::select! {
            biased;
            () = token.cancelled() => return Stop::Cancelled,
            places = output.reserve_many(count) => places,
        };
        let Ok(places) = places else { return Stop::OutputClosed };
        for place in places {
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
}
