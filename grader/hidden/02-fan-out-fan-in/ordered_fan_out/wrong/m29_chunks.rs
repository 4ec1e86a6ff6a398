//! caught by: a_slow_item_holds_up_one_place (failed)
//! idea: A limit of n means n at a time, one batch after the other.

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
    let mut items = items.into_iter();
    let mut results = Vec::new();
    loop {
        let batch: Vec<Fut> = items.by_ref().take(limit.get()).map(&mut f).collect();
        if batch.is_empty() {
            return results;
        }
        results.extend(join_all(batch).await);
    }
}
