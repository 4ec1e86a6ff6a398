//! right: the whole loop is one side of a `select!`, the departure of the reader the other.

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

/// Runs `pump` until it is done or the reader has left.
async fn race<R>(tx: &mpsc::Sender<R>, pump: impl Future<Output = ()>) {
    tokio::select! {
        () = pump => {}
        () = tx.closed() => {}
    }
}

pub fn map_stage<T, R, F>(mut input: mpsc::Receiver<T>, mut f: F) -> mpsc::Receiver<R>
where
    T: Send + 'static,
    R: Send + 'static,
    F: FnMut(T) -> R + Send + 'static,
{
    let (tx, rx) = mpsc::channel(1);
    tokio::spawn(async move {
        let pump = async {
            while let Some(item) = input.recv().await {
                let _ = tx.send(f(item)).await;
            }
        };
        race(&tx, pump).await;
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
        let pump = async {
            while let Some(item) = input.recv().await {
                if keep(&item) {
                    let _ = tx.send(item).await;
                }
            }
        };
        race(&tx, pump).await;
    });
    rx
}

pub fn take_stage<T: Send + 'static>(mut input: mpsc::Receiver<T>, n: usize) -> mpsc::Receiver<T> {
    let (tx, rx) = mpsc::channel(1);
    tokio::spawn(async move {
        let pump = async {
            for _ in 0..n {
                let Some(item) = input.recv().await else { return };
                let _ = tx.send(item).await;
            }
        };
        race(&tx, pump).await;
    });
    rx
}
