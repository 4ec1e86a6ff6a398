//! caught by: never_more_futures_at_once_than_the_limit (failed)
//! idea: Who has acquired a permit has it.

use std::future::Future;
use std::num::NonZeroUsize;

use futures::future::join_all;
use tokio::sync::Semaphore;

pub async fn map_concurrent<I, R, F, Fut>(items: I, limit: NonZeroUsize, mut f: F) -> Vec<R>
where
    I: IntoIterator,
    F: FnMut(I::Item) -> Fut,
    Fut: Future<Output = R> + Send + 'static,
    R: Send + 'static,
{
    let places = Semaphore::new(limit.get());
    let places = &places;
    let waiting = items.into_iter().map(|item| {
        let future = f(item);
        async move {
            let _ = places.acquire().await.unwrap();
            future.await
        }
    });
    join_all(waiting).await
}
