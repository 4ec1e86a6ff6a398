//! caught by: an_empty_slice_starts_nothing (failed)
//! idea: The calling thread takes the last item, and a slice has a last item.

use std::thread;

pub fn scoped_map<T, R, F>(items: &[T], f: F) -> Vec<R>
where
    T: Sync,
    R: Send,
    F: Fn(&T) -> R + Sync,
{
    let (last, others) = items.split_last().unwrap();
    thread::scope(|scope| {
        let handles: Vec<_> = others.iter().map(|item| scope.spawn(|| f(item))).collect();
        let last = f(last);
        let mut results: Vec<R> = handles.into_iter().map(|handle| handle.join().unwrap()).collect();
        results.push(last);
        results
    })
}
