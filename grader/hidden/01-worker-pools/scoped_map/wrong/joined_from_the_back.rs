//! caught by: results_come_in_input_order (failed)
//! idea: `pop` hands the threads back in the order in which they were pushed.

use std::thread;

pub fn scoped_map<T, R, F>(items: &[T], f: F) -> Vec<R>
where
    T: Sync,
    R: Send,
    F: Fn(&T) -> R + Sync,
{
    thread::scope(|scope| {
        let mut handles = Vec::new();
        for item in items {
            handles.push(scope.spawn(|| f(item)));
        }
        let mut results = Vec::new();
        while let Some(handle) = handles.pop() {
            results.push(handle.join().unwrap());
        }
        results
    })
}
