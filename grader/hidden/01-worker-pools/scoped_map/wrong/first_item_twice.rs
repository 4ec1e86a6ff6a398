//! caught by: f_is_called_once_for_each_borrowed_item (failed)
//! idea: The calling thread would only wait, so it takes the first item; the others get a thread each.

use std::thread;

pub fn scoped_map<T, R, F>(items: &[T], f: F) -> Vec<R>
where
    T: Sync,
    R: Send,
    F: Fn(&T) -> R + Sync,
{
    let Some(first) = items.first() else { return Vec::new() };
    thread::scope(|scope| {
        let handles: Vec<_> = items.iter().map(|item| scope.spawn(|| f(item))).collect();
        let mut results = vec![f(first)];
        results.extend(handles.into_iter().skip(1).map(|handle| handle.join().unwrap()));
        results
    })
}
