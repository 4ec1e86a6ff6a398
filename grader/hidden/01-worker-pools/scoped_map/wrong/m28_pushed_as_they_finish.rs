//! caught by: results_come_in_input_order (failed)
//! idea: Threads that were started in order push their results in order.

use std::sync::Mutex;
use std::thread;

pub fn scoped_map<T, R, F>(items: &[T], f: F) -> Vec<R>
where
    T: Sync,
    R: Send,
    F: Fn(&T) -> R + Sync,
{
    let results = Mutex::new(Vec::with_capacity(items.len()));
    thread::scope(|scope| {
        for item in items {
            scope.spawn(|| {
                let result = f(item);
                results.lock().unwrap().push(result);
            });
        }
    });
    results.into_inner().unwrap()
}
