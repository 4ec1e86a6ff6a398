//! caught by: after_a_panic_the_others_are_gone (failed)
//! idea: When nobody holds its handle any more, a task ends.

use std::future::Future;
use std::num::NonZeroUsize;

use futures::StreamExt;
use futures::stream::FuturesUnordered;

pub async fn map_concurrent<I, R, F, Fut>(items: I, limit: NonZeroUsize, mut f: F) -> Vec<R>
where
    I: IntoIterator,
    F: FnMut(I::Item) -> Fut,
    Fut: Future<Output = R> + Send + 'static,
    R: Send + 'static,
{
    let mut items = items.into_iter().enumerate();
    let mut running = FuturesUnordered::new();
    let mut results = Vec::new();
    loop {
        while running.len() < limit.get()
            && let Some((index, item)) = items.next()
        {
            let future = f(item);
            running.push(tokio::spawn(async move { (index, future.await) }));
        }
        match running.next().await {
            Some(result) => results.push(result.unwrap()),
            None => break,
        }
    }
    results.sort_unstable_by_key(|(index, _)| *index);
    results.into_iter().map(|(_, result)| result).collect()
}
