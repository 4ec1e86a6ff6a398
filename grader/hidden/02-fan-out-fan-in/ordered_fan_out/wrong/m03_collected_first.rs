//! caught by: items_are_taken_as_there_is_room (failed)
//! idea: Before one can work on the items one has to have them.

use std::future::Future;
use std::num::NonZeroUsize;

use std::panic::resume_unwind;

use tokio::task::JoinSet;

pub async fn map_concurrent<I, R, F, Fut>(items: I, limit: NonZeroUsize, mut f: F) -> Vec<R>
where
    I: IntoIterator,
    F: FnMut(I::Item) -> Fut,
    Fut: Future<Output = R> + Send + 'static,
    R: Send + 'static,
{
    let mut items: Vec<I::Item> = items.into_iter().collect();
    let mut results: Vec<Option<R>> = items.iter().map(|_| None).collect();
    items.reverse();
    let count = items.len();
    let mut running = JoinSet::new();
    loop {
        while running.len() < limit.get()
            && let Some(item) = items.pop()
        {
            let (index, future) = (count - items.len() - 1, f(item));
            running.spawn(async move { (index, future.await) });
        }
        match running.join_next().await {
            Some(Ok((index, result))) => results[index] = Some(result),
            Some(Err(error)) => resume_unwind(error.into_panic()),
            None => return results.into_iter().flatten().collect(),
        }
    }
}
