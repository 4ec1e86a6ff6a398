//! caught by: as_many_futures_at_once_as_the_limit (failed)
//! idea: A future begins to run when it is made.

use std::future::Future;
use std::num::NonZeroUsize;

pub async fn map_concurrent<I, R, F, Fut>(items: I, limit: NonZeroUsize, mut f: F) -> Vec<R>
where
    I: IntoIterator,
    F: FnMut(I::Item) -> Fut,
    Fut: Future<Output = R> + Send + 'static,
    R: Send + 'static,
{
    let mut items = items.into_iter();
    let mut results = Vec::new();
    loop {
        let started: Vec<Fut> = items.by_ref().take(limit.get()).map(&mut f).collect();
        if started.is_empty() {
            return results;
        }
        for future in started {
            results.push(future.await);
        }
    }
}
