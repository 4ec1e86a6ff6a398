//! caught by: all_calls_run_at_the_same_time (failed)
//! idea: A thread for every item is concurrency, wherever the join stands.

use std::thread;

pub fn scoped_map<T, R, F>(items: &[T], f: F) -> Vec<R>
where
    T: Sync,
    R: Send,
    F: Fn(&T) -> R + Sync,
{
    let mut results = Vec::with_capacity(items.len());
    thread::scope(|scope| {
        for item in items {
            let handle = scope.spawn(|| f(item));
            results.push(handle.join().unwrap());
        }
    });
    results
}
