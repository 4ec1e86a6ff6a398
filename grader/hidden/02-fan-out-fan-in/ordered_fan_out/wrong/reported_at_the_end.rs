//! caught by: a_panic_reaches_the_caller_as_soon_as_it_happens (failed)
//! idea: Panics are dealt with when all results are there.

use std::future::Future;
use std::num::NonZeroUsize;

use std::panic::{AssertUnwindSafe, resume_unwind};

use futures::{FutureExt, StreamExt, stream};

pub async fn map_concurrent<I, R, F, Fut>(items: I, limit: NonZeroUsize, mut f: F) -> Vec<R>
where
    I: IntoIterator,
    F: FnMut(I::Item) -> Fut,
    Fut: Future<Output = R> + Send + 'static,
    R: Send + 'static,
{
    let limit = limit.get();
    let mut results: Vec<_> = stream::iter(items.into_iter().enumerate())
        .map(|(index, item)| {
            let future = AssertUnwindSafe(f(item)).catch_unwind();
            async move { (index, future.await) }
        })
        .buffer_unordered(limit)
        .collect()
        .await;
    results.sort_unstable_by_key(|(index, _)| *index);
    results.into_iter().map(|(_, result)| result.unwrap_or_else(|panic| resume_unwind(panic))).collect()
}
