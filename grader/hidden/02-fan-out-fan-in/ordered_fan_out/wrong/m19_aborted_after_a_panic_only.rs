//! caught by: a_dropped_call_leaves_nothing_running (failed)
//! idea: The only way out is the one at the end of the function.

use std::future::Future;
use std::num::NonZeroUsize;

use std::panic::resume_unwind;

use futures::StreamExt;
use futures::stream::FuturesUnordered;
use tokio::task::JoinHandle;

pub async fn map_concurrent<I, R, F, Fut>(items: I, limit: NonZeroUsize, mut f: F) -> Vec<R>
where
    I: IntoIterator,
    F: FnMut(I::Item) -> Fut,
    Fut: Future<Output = R> + Send + 'static,
    R: Send + 'static,
{
    let mut items = items.into_iter().enumerate();
    let mut running: FuturesUnordered<JoinHandle<(usize, R)>> = FuturesUnordered::new();
    let mut results = Vec::new();
    loop {
        while running.len() < limit.get()
            && let Some((index, item)) = items.next()
        {
            let future = f(item);
            running.push(tokio::spawn(async move { (index, future.await) }));
        }
        match running.next().await {
            Some(Ok(result)) => results.push(result),
            Some(Err(error)) => {
                for task in &running {
                    task.abort();
                }
                resume_unwind(error.into_panic());
            }
            None => break,
        }
    }
    results.sort_unstable_by_key(|(index, _)| *index);
    results.into_iter().map(|(_, result)| result).collect()
}
