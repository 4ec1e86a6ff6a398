//! caught by: results_come_in_input_order (failed)
//! idea: A `JoinSet` gives its results back in the order of the spawns.

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
    let mut items = items.into_iter();
    let mut running = JoinSet::new();
    let mut results = Vec::new();
    loop {
        while running.len() < limit.get()
            && let Some(item) = items.next()
        {
            running.spawn(f(item));
        }
        match running.join_next().await {
            Some(result) => results.push(result.unwrap()),
            None => return results,
        }
    }
}
