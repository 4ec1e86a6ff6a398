//! right: One task over `select_all` of all inputs; a place in the output is reserved before an item is taken.

use futures::stream::select_all;
use futures::{StreamExt, future};
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;

pub fn fan_in<T: Send + 'static>(inputs: Vec<mpsc::Receiver<T>>) -> mpsc::Receiver<T> {
    let (sender, output) = mpsc::channel(1);
    let mut items = select_all(inputs.into_iter().map(ReceiverStream::new));
    tokio::spawn(async move {
        while let Ok(place) = sender.reserve().await {
            match future::select(items.next(), Box::pin(sender.closed())).await {
                future::Either::Left((Some(item), _)) => place.send(item),
                _ => return,
            }
        }
    });
    output
}
