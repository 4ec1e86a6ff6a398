//! caught by: a_panic_in_keep_ends_the_stage (failed)
//! idea: If `keep` cannot say yes, the item is not kept.

use std::panic::{AssertUnwindSafe, catch_unwind};

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
            let kept = catch_unwind(AssertUnwindSafe(|| keep(&item))).unwrap_or(false);
            if kept && tx.send(item).await.is_err() {
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
            let Some(item) = next(&mut input, &tx).await else { break };
            if tx.send(item).await.is_err() {
                break;
            }
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
