//! caught by: waiting_costs_nothing (failed)
//! idea: `yield_now` in a loop waits without holding anybody up.

use std::future::Future;
use std::num::NonZeroUsize;

use std::panic::resume_unwind;

use tokio::task::{JoinSet, yield_now};

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
        if running.is_empty() {
            break;
        }
        match running.try_join_next() {
            Some(Ok(result)) => results.push(result),
            Some(Err(error)) => resume_unwind(error.into_panic()),
            None => yield_now().await,
        }
    }
    results.sort_unstable_by_key(|(index, _)| *index);
    results.into_iter().map(|(_, result)| result).collect()
}
