//! right: Permits that travel with tasks; after a panic it waits until the others are gone, and panics with its own text.

use std::future::Future;
use std::num::NonZeroUsize;
use std::sync::Arc;

use tokio::sync::Semaphore;
use tokio::task::JoinSet;

pub async fn map_concurrent<I, R, F, Fut>(items: I, limit: NonZeroUsize, mut f: F) -> Vec<R>
where
    I: IntoIterator,
    F: FnMut(I::Item) -> Fut,
    Fut: Future<Output = R> + Send + 'static,
    R: Send + 'static,
{
    let places = Arc::new(Semaphore::new(limit.get()));
    let mut items = items.into_iter();
    let (mut running, mut results, mut more) = (JoinSet::new(), Vec::new(), true);
    while more || !running.is_empty() {
        tokio::select! {
            place = places.clone().acquire_owned(), if more => {
                let Some(item) = items.next() else {
                    more = false;
                    continue;
                };
                let (place, index, future) = (place.unwrap(), results.len(), f(item));
                results.push(None);
                running.spawn(async move {
                    let _place = place;
                    (index, future.await)
                });
            }
            Some(outcome) = running.join_next() => match outcome {
                Ok((index, result)) => results[index] = Some(result),
                Err(error) => {
                    running.shutdown().await;
                    panic!("item failed: {error}");
                }
            },
        }
    }
    results.into_iter().flatten().collect()
}
