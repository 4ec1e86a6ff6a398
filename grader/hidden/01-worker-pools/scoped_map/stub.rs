//! # `scoped-map`: one thread per item, on borrowed data
//!
//! `scoped_map(items, f)` calls `f` for every item, all calls at the same time, and returns what they gave back
//! in the order of the items.
//!
//! ```rust,ignore
//! let names = vec![String::from("left.png"), String::from("right.png")];
//! let sizes = scoped_map(&names, |name| name.len());
//! assert_eq!(sizes, [8, 9]);
//! assert_eq!(names.len(), 2); // lent, not given away
//! ```
//!
//! # The contract
//!
//! - **Overlap.** All calls run at the same time: with n items, n calls can wait for each other inside `f`. That
//!   holds for any number of items, also when the machine has far fewer cores.
//! - **Order.** `results[i]` comes from `items[i]`, whichever call finishes first.
//! - **Once.** `f` is called exactly once per item, on the item itself.
//! - **Borrowed.** Items, `f` and results may borrow from the caller: nothing needs to be `'static`, nothing is
//!   cloned.
//! - **Empty.** An empty slice gives an empty vector: no call and no thread.
//! - **Panic.** If calls panic, with whatever payload, `scoped_map` panics, too, but only after all other calls
//!   have returned. Which payload its own panic carries is up to you.
//! - **Threads.** When `scoped_map` returns, none of its threads is left. The calling thread may run one of the
//!   calls itself.
//!
//! There is nothing to cancel: the function blocks its caller until the last call has returned.

/// Calls `f` on all `items` at the same time and returns the results in the order of the items.
///
/// # Panics
///
/// If a call of `f` panics; all other calls have returned by then.
pub fn scoped_map<T, R, F>(items: &[T], f: F) -> Vec<R>
where
    T: Sync,
    R: Send,
    F: Fn(&T) -> R + Sync,
{
    // own the ends: the caller keeps the items and `f`; the threads only borrow them
    // bound: as many threads as there are items
    // run: every call is under way before anybody waits for one
    // stop: a panic ends its own call, and the others are waited for all the same
    // collect: one result per item, in the order of the items
    let _ = f;
    todo!("call `f` on {} items at the same time and return the results in their order", items.len())
}
