//! # `ordered-fan-out`: map concurrently, answer in order
//!
//! - Never more than `limit` futures are unfinished, counted from the moment their items are taken; and `limit` of them
//!   as long as items remain. A slow item holds up one place.
//! - Results stand in the order of the items.
//! - A panic in a future panics the caller as soon as it happens. Then, as when the caller is dropped, all others are
//!   cancelled.

use std::future::Future;
use std::num::NonZeroUsize;
use std::panic::resume_unwind;

use tokio::task::JoinSet;

/// Calls `f` for every item, runs at most `limit` of the futures at once, and returns the results in the order of the
/// items.
pub async fn map_concurrent<I, R, F, Fut>(items: I, limit: NonZeroUsize, mut f: F) -> Vec<R>
where
    I: IntoIterator,
    F: FnMut(I::Item) -> Fut,
    Fut: Future<Output = R> + Send + 'static,
    R: Send + 'static,
{
    let mut items = items.into_iter().enumerate();
    // A set and not a list of handles: it yields whoever is done first, so that a slow one at the front holds up
    // nobody, and it cancels its tasks when it is dropped, by a panic of ours or together with our future. A stream
    // with `buffered` would deliver in order by itself, but there a finished result keeps its place behind a slow one.
    let mut running = JoinSet::new();
    let mut results = Vec::new();
    loop {
        // Room first, then the item: in a `for` loop over the items the next one would be taken already, and wait for
        // room in our hand.
        while running.len() < limit.get()
            && let Some((index, item)) = items.next()
        {
            let future = f(item);
            // They come back in the order of completion, so each takes its index along.
            running.spawn(async move { (index, future.await) });
        }
        match running.join_next().await {
            Some(Ok(result)) => results.push(result),
            // Nobody aborts a task of this set, so this is a panic. Here it is seen when it happens; handles awaited in
            // order would show it only when all those before them are done.
            Some(Err(error)) => resume_unwind(error.into_panic()),
            None => break,
        }
    }
    results.sort_unstable_by_key(|&(index, _)| index);
    results.into_iter().map(|(_, result)| result).collect()
}
