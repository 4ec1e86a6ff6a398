//! caught by: as_many_futures_at_once_as_the_limit (failed)
//! idea: `async` makes it concurrent.

use std::future::Future;
use std::num::NonZeroUsize;

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
        results.push(f(item).await);
    }
    results
}
