//! right: a `JoinSet` capped by its length; the next item waits in hand until there is room.

use std::future::Future;
use std::num::NonZeroUsize;

use std::panic::resume_unwind;

use tokio::task::{JoinError, JoinSet};

pub async fn map_concurrent<I, R, F, Fut>(items: I, limit: NonZeroUsize, mut f: F) -> Vec<R>
where
    I: IntoIterator,
    F: FnMut(I::Item) -> Fut,
    Fut: Future<Output = R> + Send + 'static,
    R: Send + 'static,
{
    let result = |outcome: Result<(usize, R), JoinError>| match outcome {
        Ok(result) => result,
        Err(error) => resume_unwind(error.into_panic()),
    };
    let mut running = JoinSet::new();
    let mut results = Vec::new();
    for (index, item) in items.into_iter().enumerate() {
        if running.len() == limit.get() {
            results.extend(running.join_next().await.map(result));
        }
        let future = f(item);
        running.spawn(async move { (index, future.await) });
    }
    while let Some(outcome) = running.join_next().await {
        results.push(result(outcome));
    }
    results.sort_unstable_by_key(|(index, _)| *index);
    results.into_iter().map(|(_, result)| result).collect()
}
