//! # `blocking-pool`: CPU work beside an async program
//!
//! `run_blocking(items, limit, f)` calls `f`, which takes its time and keeps a thread busy, for every item: on
//! threads that may be kept busy, at most `limit` at once, while the async program goes on.
//!
//! ```rust,ignore
//! let sizes = run_blocking(images, four, |image: Image| shrink(image).len()).await;
//! for size in sizes {
//!     match size {
//!         Ok(size) => println!("{size} bytes"),
//!         Err(Panicked(message)) => println!("this one failed: {message}"),
//!     }
//! }
//! ```
//!
//! # The contract
//!
//! - **Off the runtime.** `f` never runs on a thread of the runtime, and none of them waits for it: other tasks go on
//!   while every call is blocked, also on a runtime with a single thread.
//! - **Limit.** At most `limit` calls run at once, and `limit` of them when there is enough work, whatever the number
//!   of cores. When a call has ended, another begins; nobody waits for a whole batch. (A call that has ended may keep
//!   its place until the items before it have ended, too.) `limit` stays below the number of threads that the runtime
//!   has for blocking work: 512, unless its builder says otherwise.
//! - **Order.** `results[i]` comes from `items[i]`, whichever call ends first. `f` is called once per item; in which
//!   order the calls begin is up to you.
//! - **Panic.** A call that panics becomes `Err(Panicked(message))` in its place: the text of the panic, if the payload
//!   is a `&str` or a `String`, any text otherwise. The other calls are not affected, and there may still be `limit` of
//!   them at once.
//! - **Edges.** No items: an empty vector, and no call. `limit` may be larger than the number of items.
//! - **Dropped.** If the future is dropped, calls that are running run to their end, because nothing can stop them.
//!   Calls that have not been handed to a thread never begin.
//! - **Nothing stays.** Soon after the return `f` has been dropped, and no thread is busy for you any more.

use std::num::NonZeroUsize;

/// A call of `f` panicked; this is what it said.
#[derive(Debug, PartialEq, Eq)]
pub struct Panicked(pub String);

/// Calls `f` for all `items` on threads for blocking work, at most `limit` at once, and returns the results in the
/// order of the items.
pub async fn run_blocking<T, R, F>(items: Vec<T>, limit: NonZeroUsize, f: F) -> Vec<Result<R, Panicked>>
where
    T: Send + 'static,
    R: Send + 'static,
    F: Fn(T) -> R + Send + Sync + 'static,
{
    // bound: what does a call hold while it runs, and when does it let go of it?
    // run
    // collect
    let _ = (limit, f);
    todo!("call `f` on {} items, on threads that may be blocked, and return the results in their order", items.len())
}
