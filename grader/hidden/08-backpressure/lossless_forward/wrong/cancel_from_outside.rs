//! caught by: a_cancel_between_two_items_is_seen (failed)
//! idea: A cancel around the whole loop works between any two items.

use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stop {
    InputClosed,
    OutputClosed,
    Cancelled,
}

pub async fn forward<T>(input: &mut mpsc::Receiver<T>, output: &mpsc::Sender<T>, token: &CancellationToken) -> Stop {
    let moving = async {
        loop {
            let Ok(place) = output.reserve().await else { return Stop::OutputClosed };
            tokio::select! {
                biased;
                () = output.closed() => return Stop::OutputClosed,
                item = input.recv() => match item {
                    Some(item) => place.send(item),
                    None => return Stop::InputClosed,
                },
            }
        }
    };
    token.run_until_cancelled(moving).await.unwrap_or(Stop::Cancelled)
}
