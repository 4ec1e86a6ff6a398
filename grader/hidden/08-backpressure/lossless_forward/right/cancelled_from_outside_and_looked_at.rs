//! right: The token is watched around the whole loop and looked at before each item.

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
            if token.is_cancelled() {
                return Stop::Cancelled;
            }
            tokio::select! {
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
