//! right: two tasks per stage: one pumps, the other watches the reader and aborts the first.

use tokio::sync::mpsc;

pub fn source<I>(items: I) -> mpsc::Receiver<I::Item>
where
    I: IntoIterator,
    I::IntoIter: Send + 'static,
    I::Item: Send + 'static,
{
    let (tx, rx) = mpsc::channel(1);
    let items = items.into_iter();
    nursed(tx.clone(), async move {
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
    nursed(tx.clone(), async move {
        while let Some(item) = input.recv().await {
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
    nursed(tx.clone(), async move {
        while let Some(item) = input.recv().await {
            if keep(&item) && tx.send(item).await.is_err() {
                break;
            }
        }
    });
    rx
}

pub fn take_stage<T: Send + 'static>(mut input: mpsc::Receiver<T>, n: usize) -> mpsc::Receiver<T> {
    let (tx, rx) = mpsc::channel(1);
    nursed(tx.clone(), async move {
        for _ in 0..n {
            let Some(item) = input.recv().await else { break };
            if tx.send(item).await.is_err() {
                break;
            }
        }
    });
    rx
}

/// Runs `pump` in a task of its own; a second one ends it when the reader has left.
fn nursed<R: Send + 'static>(tx: mpsc::Sender<R>, pump: impl Future<Output = ()> + Send + 'static) {
    let mut pump = tokio::spawn(pump);
    tokio::spawn(async move {
        // This task's sender goes when the other task has ended, however it has ended.
        tokio::select! {
            _ = &mut pump => {}
            () = tx.closed() => pump.abort(),
        }
    });
}
