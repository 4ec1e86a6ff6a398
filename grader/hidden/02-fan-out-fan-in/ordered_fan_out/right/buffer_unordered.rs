//! right: No tasks: `buffer_unordered` of futures that carry their index, sorted at the end.

use std::future::Future;
use std::num::NonZeroUsize;

use futures::{StreamExt, stream};

pub async fn map_concurrent<I, R, F, Fut>(items: I, limit: NonZeroUsize, mut f: F) -> Vec<R>
where
    I: IntoIterator,
    F: FnMut(I::Item) -> Fut,
    Fut: Future<Output = R> + Send + 'static,
    R: Send + 'static,
{
    let mut results: Vec<(usize, R)> = stream::iter(items.into_iter().enumerate())
        .map(|(index, item)| {
            let future = f(item);
            async move { (index, future.await) }
        })
        .buffer_unordered(limit.get())
        .collect()
        .await;
    results.sort_unstable_by_key(|(index, _)| *index);
    results.into_iter().map(|(_, result)| result).collect()
}
