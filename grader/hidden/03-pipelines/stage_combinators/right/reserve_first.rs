//! right: a stage takes an item only when it has a place for the result, so it never holds more than one.

use tokio::sync::mpsc;

pub fn source<I>(items: I) -> mpsc::Receiver<I::Item>
where
    I: IntoIterator,
    I::IntoIter: Send + 'static,
    I::Item: Send + 'static,
{
    let (tx, rx) = mpsc::channel(1);
    let mut items = items.into_iter();
    tokio::spawn(async move {
        while let Ok(permit) = tx.reserve().await {
            let Some(item) = items.next() else { return };
            permit.send(item);
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
        while let Ok(permit) = tx.reserve().await {
            let Some(item) = next(&mut input, &tx).await else { return };
            permit.send(f(item));
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
        'places: while let Ok(permit) = tx.reserve().await {
            while let Some(item) = next(&mut input, &tx).await {
                if keep(&item) {
                    permit.send(item);
                    continue 'places;
                }
            }
            return;
        }
    });
    rx
}

pub fn take_stage<T: Send + 'static>(mut input: mpsc::Receiver<T>, n: usize) -> mpsc::Receiver<T> {
    let (tx, rx) = mpsc::channel(1);
    if n == 0 {
        return rx;
    }
    tokio::spawn(async move {
        for _ in 0..n {
            let Ok(permit) = tx.reserve().await else { return };
            let Some(item) = next(&mut input, &tx).await else { return };
            permit.send(item);
        }
    });
    rx
}

async fn next<T, R>(input: &mut mpsc::Receiver<T>, tx: &mpsc::Sender<R>) -> Option<T> {
    tokio::select! {
        item = input.recv() => item,
        _ = tx.closed() => None,
    }
}
