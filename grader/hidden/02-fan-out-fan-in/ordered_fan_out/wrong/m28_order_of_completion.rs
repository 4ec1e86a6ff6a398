//! caught by: results_come_in_input_order (failed)
//! idea: Results come back in the order in which they were asked for.

use std::future::Future;
use std::num::NonZeroUsize;

use futures::{StreamExt, stream};

pub async fn map_concurrent<I, R, F, Fut>(items: I, limit: NonZeroUsize, mut f: F) -> Vec<R>
where
    I: IntoIterator,
    F: FnMut(I::Item) -> Fut,
    Fut: Future<Output = R> + Send + 'static,
    R: Send + 'static,
{
    let limit = limit.get();
    stream::iter(items).map(&mut f).buffer_unordered(limit).collect().await
}
