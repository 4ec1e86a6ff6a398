//! caught by: results_come_in_input_order (failed)
//! idea: A channel delivers the results in the order in which the threads were started.

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
        for item in items {
            let sender = sender.clone();
            scope.spawn(move || sender.send(f(item)));
        }
        drop(sender);
        receiver.into_iter().collect()
    })
}
