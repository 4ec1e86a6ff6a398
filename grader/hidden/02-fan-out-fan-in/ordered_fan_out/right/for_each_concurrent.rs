//! right: `for_each_concurrent` that writes into slots.

use std::future::Future;
use std::num::NonZeroUsize;

use std::cell::RefCell;

use futures::{StreamExt, stream};

pub async fn map_concurrent<I, R, F, Fut>(items: I, limit: NonZeroUsize, mut f: F) -> Vec<R>
where
    I: IntoIterator,
    F: FnMut(I::Item) -> Fut,
    Fut: Future<Output = R> + Send + 'static,
    R: Send + 'static,
{
    let results = RefCell::new(Vec::new());
    stream::iter(items)
        .for_each_concurrent(limit.get(), |item| {
            let index = results.borrow().len();
            results.borrow_mut().push(None);
            let (future, results) = (f(item), &results);
            async move {
                let result = future.await;
                results.borrow_mut()[index] = Some(result);
            }
        })
        .await;
    results.into_inner().into_iter().flatten().collect()
}
