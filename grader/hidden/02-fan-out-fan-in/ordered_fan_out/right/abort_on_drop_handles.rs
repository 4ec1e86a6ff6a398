//! right: A `FuturesUnordered` of handles that abort; items are taken in gulps where there is room, last one first.

use std::future::Future;
use std::num::NonZeroUsize;

use std::panic::resume_unwind;

use futures::StreamExt;
use futures::stream::FuturesUnordered;
use tokio_util::task::AbortOnDropHandle;

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
        let room = limit.get() - running.len();
        let mut gulp: Vec<(usize, I::Item)> = items.by_ref().take(room).collect();
        tokio::task::yield_now().await;
        while let Some((index, item)) = gulp.pop() {
            let future = f(item);
            running.push(AbortOnDropHandle::new(tokio::spawn(async move { (index, future.await) })));
        }
        let Some(outcome) = running.next().await else { break };
        results.push(outcome.unwrap_or_else(|error| resume_unwind(error.into_panic())));
        // Whoever else is done makes room as well.
        while let Some(Some(outcome)) = futures::FutureExt::now_or_never(running.next()) {
            results.push(outcome.unwrap_or_else(|error| resume_unwind(error.into_panic())));
        }
    }
    results.sort_by_key(|(index, _)| *index);
    results.into_iter().map(|(_, result)| result).collect()
}
