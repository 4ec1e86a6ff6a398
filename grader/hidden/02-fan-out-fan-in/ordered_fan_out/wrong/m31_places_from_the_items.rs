//! caught by: no_items_mean_no_results (deadlocked)
//! idea: More places than items are not needed.

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
    let items = items.into_iter();
    let limit = items.size_hint().1.map_or(limit.get(), |most| most.min(limit.get()));
    let mut results: Vec<(usize, R)> = stream::iter(items.enumerate())
        .map(|(index, item)| {
            let future = f(item);
            async move { (index, future.await) }
        })
        .buffer_unordered(limit)
        .collect()
        .await;
    results.sort_unstable_by_key(|(index, _)| *index);
    results.into_iter().map(|(_, result)| result).collect()
}
