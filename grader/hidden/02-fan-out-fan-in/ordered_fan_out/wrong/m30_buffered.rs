//! caught by: a_slow_item_holds_up_one_place (failed)
//! idea: `buffered(n)` keeps n futures running.

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
    stream::iter(items).map(&mut f).buffered(limit).collect().await
}
