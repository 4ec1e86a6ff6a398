//! caught by: never_more_futures_at_once_than_the_limit (failed)
//! idea: `join_all` runs as many as are good for it.

use std::future::Future;
use std::num::NonZeroUsize;

use futures::future::join_all;

pub async fn map_concurrent<I, R, F, Fut>(items: I, limit: NonZeroUsize, mut f: F) -> Vec<R>
where
    I: IntoIterator,
    F: FnMut(I::Item) -> Fut,
    Fut: Future<Output = R> + Send + 'static,
    R: Send + 'static,
{
    let _ = limit;
    join_all(items.into_iter().map(&mut f)).await
}
