//! caught by: the_limit_may_be_larger_than_the_number_of_items (failed)
//! idea: First every place gets its item, then each that becomes free gets the next.

use std::future::Future;
use std::num::NonZeroUsize;

use futures::StreamExt;
use futures::stream::FuturesUnordered;

pub async fn map_concurrent<I, R, F, Fut>(items: I, limit: NonZeroUsize, mut f: F) -> Vec<R>
where
    I: IntoIterator,
    F: FnMut(I::Item) -> Fut,
    Fut: Future<Output = R> + Send + 'static,
    R: Send + 'static,
{
    let mut items = items.into_iter().enumerate();
    let mut start = |(index, item)| {
        let future = f(item);
        async move { (index, future.await) }
    };
    let mut running = FuturesUnordered::new();
    for _ in 0..limit.get() {
        running.push(start(items.next().unwrap()));
    }
    let mut results = Vec::new();
    while let Some(result) = running.next().await {
        results.push(result);
        running.extend(items.next().map(&mut start));
    }
    results.sort_unstable_by_key(|(index, _)| *index);
    results.into_iter().map(|(_, result)| result).collect()
}
