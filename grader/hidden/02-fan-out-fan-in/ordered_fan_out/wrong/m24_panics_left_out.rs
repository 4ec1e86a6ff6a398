//! caught by: a_panic_reaches_the_caller_as_soon_as_it_happens (failed)
//! idea: A task that failed has no result, so there is nothing to collect.

use std::future::Future;
use std::num::NonZeroUsize;

use tokio::task::JoinSet;

pub async fn map_concurrent<I, R, F, Fut>(items: I, limit: NonZeroUsize, mut f: F) -> Vec<R>
where
    I: IntoIterator,
    F: FnMut(I::Item) -> Fut,
    Fut: Future<Output = R> + Send + 'static,
    R: Send + 'static,
{
    let mut items = items.into_iter().enumerate();
    let mut running = JoinSet::new();
    let mut results = Vec::new();
    loop {
        while running.len() < limit.get()
            && let Some((index, item)) = items.next()
        {
            let future = f(item);
            running.spawn(async move { (index, future.await) });
        }
        let Some(outcome) = running.join_next().await else { break };
        if let Ok(result) = outcome {
            results.push(result);
        }
    }
    results.sort_unstable_by_key(|(index, _)| *index);
    results.into_iter().map(|(_, result)| result).collect()
}
