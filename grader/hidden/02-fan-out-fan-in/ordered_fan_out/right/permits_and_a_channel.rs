//! right: Tasks with permits, results and panics through one channel, and a `select!` that waits for room or a result.

use std::future::Future;
use std::num::NonZeroUsize;

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, resume_unwind};
use std::sync::Arc;

use futures::FutureExt;
use tokio::sync::{Semaphore, mpsc};
use tokio_util::task::AbortOnDropHandle;

pub async fn map_concurrent<I, R, F, Fut>(items: I, limit: NonZeroUsize, mut f: F) -> Vec<R>
where
    I: IntoIterator,
    F: FnMut(I::Item) -> Fut,
    Fut: Future<Output = R> + Send + 'static,
    R: Send + 'static,
{
    let places = Arc::new(Semaphore::new(limit.get()));
    let (tell, mut told) = mpsc::channel(1);
    let mut tell = Some(tell);
    let mut items = items.into_iter();
    let mut tasks = Vec::new();
    let mut results = BTreeMap::new();
    loop {
        tokio::select! {
            biased;
            outcome = told.recv() => match outcome {
                Some((index, Ok(result))) => drop(results.insert(index, result)),
                Some((_, Err(panic))) => resume_unwind(panic),
                None => return results.into_values().collect(),
            },
            place = places.clone().acquire_owned(), if tell.is_some() => match items.next() {
                None => tell = None,
                Some(item) => {
                    let (index, tell, future) = (tasks.len(), tell.clone().unwrap(), f(item));
                    tasks.push(AbortOnDropHandle::new(tokio::spawn(async move {
                        let outcome = AssertUnwindSafe(future).catch_unwind().await;
                        drop(place);
                        let _ = tell.send((index, outcome)).await;
                    })));
                }
            },
        }
    }
}
