//! right: results come through a channel as they finish, each with its index, and are sorted.

use std::sync::mpsc;
use std::thread;

pub fn scoped_map<T, R, F>(items: &[T], f: F) -> Vec<R>
where
    T: Sync,
    R: Send,
    F: Fn(&T) -> R + Sync,
{
    let (sender, receiver) = mpsc::channel();
    let f = &f;
    let mut results: Vec<(usize, R)> = thread::scope(|scope| {
        for (index, item) in items.iter().enumerate() {
            let sender = sender.clone();
            scope.spawn(move || sender.send((index, f(item))));
        }
        drop(sender);
        receiver.into_iter().collect()
    });
    results.sort_by_key(|(index, _)| *index);
    results.into_iter().map(|(_, result)| result).collect()
}
