//! right: the calling thread runs the first call itself, after starting the others.

use std::thread;

pub fn scoped_map<T, R, F>(items: &[T], f: F) -> Vec<R>
where
    T: Sync,
    R: Send,
    F: Fn(&T) -> R + Sync,
{
    let Some((first, others)) = items.split_first() else { return Vec::new() };
    thread::scope(|scope| {
        let handles: Vec<_> = others.iter().map(|item| scope.spawn(|| f(item))).collect();
        let mut results = vec![f(first)];
        results.extend(handles.into_iter().map(|handle| handle.join().unwrap()));
        results
    })
}
