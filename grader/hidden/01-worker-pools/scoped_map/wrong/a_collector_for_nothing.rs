//! caught by: an_empty_slice_starts_nothing (failed)
//! idea: The thread that collects the results costs nothing when there are none.

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
    thread::scope(|scope| {
        let collector = scope.spawn(move || {
            let mut results: Vec<(usize, R)> = receiver.into_iter().collect();
            results.sort_by_key(|(index, _)| *index);
            results.into_iter().map(|(_, result)| result).collect()
        });
        for (index, item) in items.iter().enumerate() {
            let sender = sender.clone();
            scope.spawn(move || sender.send((index, f(item))).unwrap());
        }
        drop(sender);
        collector.join().unwrap()
    })
}
