//! right: a stage is a stream, forwarded into the channel until the reader leaves.

use std::pin::pin;

use futures::{Stream, StreamExt, future, stream};
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;

/// A task that sends what `items` yields.
fn forward<S>(items: S) -> mpsc::Receiver<S::Item>
where
    S: Stream + Send + 'static,
    S::Item: Send + 'static,
{
    let (tx, rx) = mpsc::channel(1);
    tokio::spawn(async move {
        let mut items = pin!(items.take_until(tx.closed()));
        while let Some(item) = items.next().await {
            let _ = tx.send(item).await;
        }
    });
    rx
}

pub fn source<I>(items: I) -> mpsc::Receiver<I::Item>
where
    I: IntoIterator,
    I::IntoIter: Send + 'static,
    I::Item: Send + 'static,
{
    forward(stream::iter(items.into_iter()))
}

pub fn map_stage<T, R, F>(input: mpsc::Receiver<T>, f: F) -> mpsc::Receiver<R>
where
    T: Send + 'static,
    R: Send + 'static,
    F: FnMut(T) -> R + Send + 'static,
{
    forward(ReceiverStream::new(input).map(f))
}

pub fn filter_stage<T, P>(input: mpsc::Receiver<T>, mut keep: P) -> mpsc::Receiver<T>
where
    T: Send + 'static,
    P: FnMut(&T) -> bool + Send + 'static,
{
    forward(ReceiverStream::new(input).filter(move |item| future::ready(keep(item))))
}

pub fn take_stage<T: Send + 'static>(input: mpsc::Receiver<T>, n: usize) -> mpsc::Receiver<T> {
    forward(ReceiverStream::new(input).take(n))
}
