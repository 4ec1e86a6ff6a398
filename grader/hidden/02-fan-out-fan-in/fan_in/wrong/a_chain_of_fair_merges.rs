//! caught by: a_busy_input_starves_no_other (failed)
//! idea: Merging two at a time is fair, so merging the result with a third is fair.

use std::pin::Pin;

use futures::{Stream, StreamExt, stream};
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;

pub fn fan_in<T: Send + 'static>(inputs: Vec<mpsc::Receiver<T>>) -> mpsc::Receiver<T> {
    let (sender, output) = mpsc::channel(1);
    let mut merged: Pin<Box<dyn Stream<Item = T> + Send>> = Box::pin(stream::empty());
    for input in inputs {
        merged = Box::pin(stream::select(merged, ReceiverStream::new(input)));
    }
    tokio::spawn(async move {
        loop {
            let item = tokio::select! {
                item = merged.next() => item,
                () = sender.closed() => return,
            };
            let Some(item) = item else { return };
            if sender.send(item).await.is_err() {
                return;
            }
        }
    });
    output
}
