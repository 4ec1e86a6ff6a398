//! caught by: a_panic_reaches_the_caller_as_soon_as_it_happens (failed)
//! idea: Handles awaited in order show a panic in time.

use std::future::Future;
use std::num::NonZeroUsize;

use std::sync::Arc;

use tokio::sync::Semaphore;
use tokio_util::task::AbortOnDropHandle;

pub async fn map_concurrent<I, R, F, Fut>(items: I, limit: NonZeroUsize, mut f: F) -> Vec<R>
where
    I: IntoIterator,
    F: FnMut(I::Item) -> Fut,
    Fut: Future<Output = R> + Send + 'static,
    R: Send + 'static,
{
    let places = Arc::new(Semaphore::new(limit.get()));
    let mut items = items.into_iter();
    let mut tasks = Vec::new();
    loop {
        let place = places.clone().acquire_owned().await.unwrap();
        let Some(item) = items.next() else { break };
        let future = f(item);
        tasks.push(AbortOnDropHandle::new(tokio::spawn(async move {
            let _place = place;
            future.await
        })));
    }
    let mut results = Vec::new();
    for task in tasks {
        results.push(task.await.unwrap());
    }
    results
}
