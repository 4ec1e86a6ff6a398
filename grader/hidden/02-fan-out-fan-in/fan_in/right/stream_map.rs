//! right: A `StreamMap`, which begins to look at a random input each time.

use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;
use tokio_stream::{StreamExt, StreamMap};

pub fn fan_in<T: Send + 'static>(inputs: Vec<mpsc::Receiver<T>>) -> mpsc::Receiver<T> {
    let (sender, output) = mpsc::channel(1);
    let mut items: StreamMap<_, _> = inputs.into_iter().map(ReceiverStream::new).enumerate().collect();
    tokio::spawn(async move {
        loop {
            tokio::select! {
                biased;
                () = sender.closed() => break,
                item = items.next() => match item {
                    Some((_, item)) => drop(sender.send(item).await),
                    None => break,
                },
            }
        }
    });
    output
}
