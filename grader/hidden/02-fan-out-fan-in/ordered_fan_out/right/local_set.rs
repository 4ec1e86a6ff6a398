//! right: Tasks of a `LocalSet` that is dropped with the call; they report through a channel.

use std::future::Future;
use std::num::NonZeroUsize;
use std::panic::{AssertUnwindSafe, resume_unwind};

use futures::FutureExt;
use tokio::sync::mpsc;
use tokio::task::LocalSet;

pub async fn map_concurrent<I, R, F, Fut>(items: I, limit: NonZeroUsize, mut f: F) -> Vec<R>
where
    I: IntoIterator,
    F: FnMut(I::Item) -> Fut,
    Fut: Future<Output = R> + Send + 'static,
    R: Send + 'static,
{
    let tasks = LocalSet::new();
    let (tell, mut told) = mpsc::unbounded_channel();
    let (mut results, mut running) = (Vec::new(), 0);
    let mut items = items.into_iter();
    let driver = async {
        loop {
            while running < limit.get()
                && let Some(item) = items.next()
            {
                let (index, future, tell) = (results.len(), f(item), tell.clone());
                results.push(None);
                running += 1;
                tokio::task::spawn_local(async move {
                    let outcome = AssertUnwindSafe(future).catch_unwind().await;
                    let _ = tell.send((index, outcome));
                });
            }
            if running == 0 {
                break;
            }
            let (index, outcome) = told.recv().await.unwrap();
            running -= 1;
            results[index] = Some(outcome.unwrap_or_else(|panic| resume_unwind(panic)));
        }
    };
    tasks.run_until(driver).await;
    results.into_iter().flatten().collect()
}
