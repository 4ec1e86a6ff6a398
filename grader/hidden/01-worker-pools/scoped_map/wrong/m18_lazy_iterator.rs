//! caught by: all_calls_run_at_the_same_time (failed)
//! idea: A chain of two maps first spawns all the threads and then joins them.

use std::thread;

pub fn scoped_map<T, R, F>(items: &[T], f: F) -> Vec<R>
where
    T: Sync,
    R: Send,
    F: Fn(&T) -> R + Sync,
{
    thread::scope(|scope| {
        items.iter().map(|item| scope.spawn(|| f(item))).map(|handle| handle.join().unwrap()).collect()
    })
}
