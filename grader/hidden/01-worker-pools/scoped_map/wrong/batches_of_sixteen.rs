//! caught by: more_calls_than_cores_run_at_the_same_time (failed)
//! idea: Too many threads are bad, so a batch of them at a time must do.

use std::thread;

const MAX_THREADS: usize = 16;

pub fn scoped_map<T, R, F>(items: &[T], f: F) -> Vec<R>
where
    T: Sync,
    R: Send,
    F: Fn(&T) -> R + Sync,
{
    let f = &f;
    let mut results = Vec::with_capacity(items.len());
    for batch in items.chunks(MAX_THREADS) {
        thread::scope(|scope| {
            let handles: Vec<_> = batch.iter().map(|item| scope.spawn(move || f(item))).collect();
            results.extend(handles.into_iter().map(|handle| handle.join().unwrap()));
        });
    }
    results
}
