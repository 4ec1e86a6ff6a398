//! caught by: there_may_be_far_more_items_than_places (deadlocked)
//! idea: When all tasks are done, the channel of the results ends.

use std::future::Future;
use std::num::NonZeroUsize;

use std::sync::Arc;

use tokio::sync::{Semaphore, mpsc};
use tokio::task::JoinSet;

pub async fn map_concurrent<I, R, F, Fut>(items: I, limit: NonZeroUsize, mut f: F) -> Vec<R>
where
    I: IntoIterator,
    F: FnMut(I::Item) -> Fut,
    Fut: Future<Output = R> + Send + 'static,
    R: Send + 'static,
{
    let places = Arc::new(Semaphore::new(limit.get()));
    let (tell, mut told) = mpsc::unbounded_channel();
    let mut running = JoinSet::new();
    let mut items = items.into_iter().enumerate();
    loop {
        let place = places.clone().acquire_owned().await.unwrap();
        let Some((index, item)) = items.next() else { break };
        let (tell, future) = (tell.clone(), f(item));
        running.spawn(async move {
            let _ = tell.send((index, future.await));
            drop(place);
        });
    }
    let mut results = Vec::new();
    while let Some(result) = told.recv().await {
        results.push(result);
    }
    results.sort_unstable_by_key(|(index, _)| *index);
    results.into_iter().map(|(_, result)| result).collect()
}
