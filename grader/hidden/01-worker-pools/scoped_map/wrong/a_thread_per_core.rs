//! caught by: more_calls_than_cores_run_at_the_same_time (failed)
//! idea: More threads than cores cannot run at the same time anyway.

use std::num::NonZeroUsize;
use std::thread;

pub fn scoped_map<T, R, F>(items: &[T], f: F) -> Vec<R>
where
    T: Sync,
    R: Send,
    F: Fn(&T) -> R + Sync,
{
    if items.is_empty() {
        return Vec::new();
    }
    let cores = thread::available_parallelism().map(NonZeroUsize::get).unwrap_or(4);
    let f = &f;
    thread::scope(|scope| {
        let handles: Vec<_> = items
            .chunks(items.len().div_ceil(cores))
            .map(|chunk| scope.spawn(move || chunk.iter().map(f).collect::<Vec<R>>()))
            .collect();
        handles.into_iter().flat_map(|handle| handle.join().unwrap()).collect()
    })
}
