//! caught by: a_panicking_call_makes_scoped_map_panic (deadlocked)
//! idea: As many results come as there are items, and if one cannot come, `recv` will say so.

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
        for (index, item) in items.iter().enumerate() {
            let sender = sender.clone();
            scope.spawn(move || {
                let result = f(item);
                sender.send((index, result)).unwrap();
            });
        }
        let mut results: Vec<Option<R>> = items.iter().map(|_| None).collect();
        for _ in items {
            let (index, result) = receiver.recv().expect("every call sends its result");
            results[index] = Some(result);
        }
        results.into_iter().map(Option::unwrap).collect()
    })
}
