//! caught by: a_stage_closes_its_output_after_its_input_closed (failed)
//! idea: A clone of the sender that is only there to watch for the reader does not count.

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
    watched(tx.clone(), async move {
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
    watched(tx.clone(), async move {
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
    watched(tx.clone(), async move {
        for _ in 0..n {
            let Some(item) = input.recv().await else { break };
            if tx.send(item).await.is_err() {
                break;
            }
        }
    });
    rx
}

/// Runs `pump` until it is done or the reader has left.
fn watched<R: Send + 'static>(tx: mpsc::Sender<R>, pump: impl Future<Output = ()> + Send + 'static) {
    let pump = tokio::spawn(pump);
    tokio::spawn(async move {
        tx.closed().await;
        pump.abort();
    });
}
