//! caught by: as_many_futures_at_once_as_the_limit (failed)
//! idea: What is spawned runs in the background, also while it is awaited.

use std::future::Future;
use std::num::NonZeroUsize;

use tokio_util::task::AbortOnDropHandle;

pub async fn map_concurrent<I, R, F, Fut>(items: I, limit: NonZeroUsize, mut f: F) -> Vec<R>
where
    I: IntoIterator,
    F: FnMut(I::Item) -> Fut,
    Fut: Future<Output = R> + Send + 'static,
    R: Send + 'static,
{
    let _ = limit;
    let mut results = Vec::new();
    for item in items {
        let task = AbortOnDropHandle::new(tokio::spawn(f(item)));
        results.push(task.await.unwrap());
    }
    results
}
