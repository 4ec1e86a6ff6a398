//! caught by: waiting_for_a_place_at_the_end_can_be_ended (failed)
//! idea: Once the input is closed, only a place is missing, and that wait is short.

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
        let place = if input.is_closed() {
            output.reserve().await
        } else {
            tokio::select! {
                biased;
                () = token.cancelled() => return Stop::Cancelled,
                place = output.reserve() => place,
            }
        };
        let Ok(place) = place else { return Stop::OutputClosed };
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
