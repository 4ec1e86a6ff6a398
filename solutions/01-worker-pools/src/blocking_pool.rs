//! # `blocking-pool`: CPU work beside an async program
//!
//! - `f` runs on threads for blocking work, never on the runtime's; other tasks go on meanwhile.
//! - At most `limit` calls at once, and `limit` of them when there is enough work.
//! - `results[i]` comes from `items[i]`. A panic becomes `Err(Panicked(message))` in its place and affects no other
//!   call.
//! - If the future is dropped, running calls run to their end, and those not yet handed to a thread never begin.

use std::any::Any;
use std::num::NonZeroUsize;
use std::sync::Arc;

use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;
use tokio_util::task::AbortOnDropHandle;

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
    let f = Arc::new(f);
    // The limit is ours to keep: tokio has up to 512 threads for blocking work and would start them all.
    let places = Arc::new(Semaphore::new(limit.get()));
    let mut calls = Vec::with_capacity(items.len());
    // This loop waits for places here, in the caller's future, and not in a task of its own: where the future is
    // dropped, the loop ends, and nobody is left to hand out the next item.
    for item in items {
        let place = places.clone().acquire_owned().await.expect("nobody closes this semaphore");
        let f = f.clone();
        calls.push(AbortOnDropHandle::new(spawn_blocking(move || {
            // The place moves in here, so it is taken for as long as the call runs, also when nobody waits for it any
            // more. Left outside it would be free again at the end of the loop's turn. A panic gives it back, too.
            let _place = place;
            f(item)
        })));
    }
    // By now all calls have been handed out; awaited in turn, they give their results in order. A `JoinSet` would give
    // them as they end, and the index would have to travel with each call, also through a panic.
    let mut results = Vec::with_capacity(calls.len());
    for call in calls {
        // A call is aborted only when the future is dropped, so an error is a panic.
        results.push(call.await.map_err(|error| Panicked(text_of(error.into_panic().as_ref()))));
    }
    results
}

/// What the panic said. `panic!` with a literal carries a `&str`, with arguments a `String`; `panic_any` carries
/// anything.
fn text_of(payload: &(dyn Any + Send)) -> String {
    if let Some(text) = payload.downcast_ref::<&str>() {
        (*text).to_owned()
    } else if let Some(text) = payload.downcast_ref::<String>() {
        text.clone()
    } else {
        "a panic without text".to_owned()
    }
}
