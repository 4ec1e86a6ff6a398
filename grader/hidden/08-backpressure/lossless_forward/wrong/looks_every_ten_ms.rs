//! caught by: waiting_wakes_nobody (failed)
//! idea: Whoever waits has to look from time to time whether there is a reason to stop.

use std::time::Duration;

use tokio::sync::mpsc;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stop {
    InputClosed,
    OutputClosed,
    Cancelled,
}

pub async fn forward<T>(input: &mut mpsc::Receiver<T>, output: &mpsc::Sender<T>, token: &CancellationToken) -> Stop {
    loop {
        let Ok(place) = output.reserve().await else { return Stop::OutputClosed };
        loop {
            if token.is_cancelled() {
                return Stop::Cancelled;
            }
            if output.is_closed() {
                return Stop::OutputClosed;
            }
            match timeout(Duration::from_millis(10), input.recv()).await {
                Ok(Some(item)) => break place.send(item),
                Ok(None) => return Stop::InputClosed,
                Err(_) => {}
            }
        }
    }
}
