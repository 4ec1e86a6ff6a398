//! right: recursion; one half of the items goes to a new thread, the other half stays on this one.

use std::thread;

pub fn scoped_map<T, R, F>(items: &[T], f: F) -> Vec<R>
where
    T: Sync,
    R: Send,
    F: Fn(&T) -> R + Sync,
{
    map(items, &f)
}

fn map<T: Sync, R: Send>(items: &[T], f: &(impl Fn(&T) -> R + Sync)) -> Vec<R> {
    match items {
        [] => Vec::new(),
        [item] => vec![f(item)],
        _ => thread::scope(|scope| {
            let (left, right) = items.split_at(items.len() / 2);
            let left = scope.spawn(|| map(left, f));
            let right = map(right, f);
            let mut results = left.join().expect("a call panicked");
            results.extend(right);
            results
        }),
    }
}
