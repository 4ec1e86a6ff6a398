//! # `ordered-fan-out`: map concurrently, answer in order
//!
//! `map_concurrent(items, limit, f)` makes a future of every item and runs as many of them at once as the limit allows.
//! Whichever is done first, the results stand in the order of the items.
//!
//! ```rust,ignore
//! let client = Client::new();
//! let prices = map_concurrent(&products, four, |product: &Product| {
//!     let request = client.price_of(product.id); // a future that owns what it needs
//!     async move { request.await.unwrap_or(Price::UNKNOWN) }
//! })
//! .await;
//! // prices[i] is the price of products[i].
//! ```
//!
//! # The contract
//!
//! `map_concurrent` is called inside a tokio runtime; its own future need not be `Send`. The futures that `f` makes do
//! not block, so they may share one task or have one each. Such a future is *unfinished* from the moment `f` is
//! called until it has its result, has panicked, or is dropped.
//!
//! Running
//!
//! - **Limit.** Never more than `limit` futures are unfinished at the same time.
//! - **Full use.** There are `limit` unfinished futures as long as items remain: when one has finished, whichever it
//!   is, the next item gets its place without waiting for time to pass. A slow item holds up its own place, and no
//!   other.
//! - **Lazy.** Items are taken as there is room for their futures. One more may wait in your hand for the next place,
//!   and no others: `items` may be very long, or make each item on demand.
//! - **Once.** `f` is called once for each item.
//! - **Waiting is free.** While nothing can go on, nothing runs: there is no timer, and no loop that looks again and
//!   again.
//!
//! The end
//!
//! - **Order.** `results[i]` comes from the item that was taken as number `i`. The results are returned as soon as all
//!   futures have finished.
//! - **Edges.** No items: an empty vector. `limit` may be larger than the number of items, and is below 10 001.
//! - **Panic.** When a future panics, `map_concurrent` panics too, as soon as it happens (with any payload), whatever
//!   the other futures are doing. They are cancelled: once all tasks had their turn they are gone, and no further item
//!   is taken.
//! - **Dropped.** The same is true when the future of `map_concurrent` is dropped: whatever it was running is
//!   cancelled, and gone once all tasks had their turn.

use std::future::Future;
use std::num::NonZeroUsize;

/// Calls `f` for every item, runs at most `limit` of the futures at once, and returns the results in the order of the
/// items.
pub async fn map_concurrent<I, R, F, Fut>(items: I, limit: NonZeroUsize, f: F) -> Vec<R>
where
    I: IntoIterator,
    F: FnMut(I::Item) -> Fut,
    Fut: Future<Output = R> + Send + 'static,
    R: Send + 'static,
{
    // bound: when may the next item be taken?
    // run: who owns the futures that are unfinished, and what happens to them when the owner is dropped?
    // collect: how does a result find its place?
    let _ = (items, limit, f);
    todo!("keep up to `limit` futures running, and put each result where its item stood")
}
