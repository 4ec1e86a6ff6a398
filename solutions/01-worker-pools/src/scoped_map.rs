//! # `scoped-map`: one thread per item, on borrowed data
//!
//! - All calls of `f` run at the same time: with n items, n calls can wait for each other inside `f`.
//! - `results[i]` comes from `items[i]`, whichever call finishes first; `f` is called once per item.
//! - Items, `f` and results may borrow from the caller. An empty slice starts no thread.
//! - If calls panic, `scoped_map` panics, too, after all other calls have returned.

use std::panic::resume_unwind;
use std::thread;

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
    // Each thread gets a copy of the reference; `move` below would otherwise want to move `f` itself.
    let f = &f;
    // `thread::spawn` would ask for `'static`, because nobody could promise that its threads end before the items
    // do. The scope is that promise: it does not return while one of its threads runs, panic or not.
    thread::scope(|scope| {
        // The `collect` in the middle is what makes it concurrent. Iterators are lazy: without it each turn would
        // start one thread and join it at once.
        let threads: Vec<_> = items.iter().map(|item| scope.spawn(move || f(item))).collect();
        // The joins stand in the order of the items, so the results do. A shared vector or a channel would have to
        // carry the index along and sort.
        threads
            .into_iter()
            // Not `unwrap`: its message would say "called `Result::unwrap()`" and hide what the call had to say.
            // If this ends early, the scope still waits for the threads that nobody joined.
            .map(|thread| thread.join().unwrap_or_else(|payload| resume_unwind(payload)))
            .collect()
    })
}
