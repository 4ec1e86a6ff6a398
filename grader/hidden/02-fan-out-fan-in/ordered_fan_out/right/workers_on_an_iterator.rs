//! right: `limit` workers in one task take items from a shared iterator and put results into slots.

use std::future::Future;
use std::num::NonZeroUsize;

use std::cell::RefCell;
use std::collections::BTreeMap;

use futures::future::join_all;

pub async fn map_concurrent<I, R, F, Fut>(items: I, limit: NonZeroUsize, mut f: F) -> Vec<R>
where
    I: IntoIterator,
    F: FnMut(I::Item) -> Fut,
    Fut: Future<Output = R> + Send + 'static,
    R: Send + 'static,
{
    let items = RefCell::new(items.into_iter().enumerate());
    let results = RefCell::new(BTreeMap::new());
    let f = RefCell::new(&mut f);
    let worker = |_| async {
        loop {
            let Some((index, item)) = items.borrow_mut().next() else { break };
            let future = (f.borrow_mut())(item);
            let result = future.await;
            results.borrow_mut().insert(index, result);
        }
    };
    join_all((0..limit.get()).map(worker)).await;
    results.into_inner().into_values().collect()
}
