//! caught by: take_stops_what_comes_before_it (failed)
//! idea: Whoever takes only the beginning must receive the rest, or those before cannot end.

use tokio::sync::mpsc;

pub fn source<I>(items: I) -> mpsc::Receiver<I::Item>
where
    I: IntoIterator,
    I::IntoIter: Send + 'static,
    I::Item: Send + 'static,
{
    let (tx, rx) = mpsc::channel(1);
    let items = items.into_iter();
    tokio::spawn(async move {
        for item in items {
            if tx.send(item).await.is_err() {
                break;
            }
        }
    });
    rx
}

pub fn map_stage<T, R, F>(mut input: mpsc::Receiver<T>, mut f: F) -> mpsc::Receiver<R>
where
    T: Send + 'static,
    R: Send + 'static,
    F: FnMut(T) -> R + Send + 'static,
{
    let (tx, rx) = mpsc::channel(1);
    tokio::spawn(async move {
        while let Some(item) = next(&mut input, &tx).await {
            if tx.send(f(item)).await.is_err() {
                break;
            }
        }
    });
    rx
}

pub fn filter_stage<T, P>(mut input: mpsc::Receiver<T>, mut keep: P) -> mpsc::Receiver<T>
where
    T: Send + 'static,
    P: FnMut(&T) -> bool + Send + 'static,
{
    let (tx, rx) = mpsc::channel(1);
    tokio::spawn(async move {
        while let Some(item) = next(&mut input, &tx).await {
            if keep(&item) && tx.send(item).await.is_err() {
                break;
            }
        }
    });
    rx
}

pub fn take_stage<T: Send + 'static>(mut input: mpsc::Receiver<T>, n: usize) -> mpsc::Receiver<T> {
    let (tx, rx) = mpsc::channel(1);
    tokio::spawn(async move {
        for _ in 0..n {
            let Some(item) = next(&mut input, &tx).await else { return };
            if tx.send(item).await.is_err() {
                return;
            }
        }
        drop(tx);
        while input.recv().await.is_some() {}
    });
    rx
}

async fn next<T, R>(input: &mut mpsc::Receiver<T>, tx: &mpsc::Sender<R>) -> Option<T> {
    tokio::select! {
        item = input.recv() => item,
        _ = tx.closed() => None,
    }
}
