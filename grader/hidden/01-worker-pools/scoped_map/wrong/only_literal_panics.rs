//! caught by: a_panic_with_any_payload_is_passed_on (failed)
//! idea: The payload of a panic is its message, a `&str`.

use std::thread;

pub fn scoped_map<T, R, F>(items: &[T], f: F) -> Vec<R>
where
    T: Sync,
    R: Send,
    F: Fn(&T) -> R + Sync,
{
    thread::scope(|scope| {
        let handles: Vec<_> = items.iter().map(|item| scope.spawn(|| f(item))).collect();
        let mut results = Vec::new();
        for handle in handles {
            match handle.join() {
                Ok(result) => results.push(result),
                Err(payload) => {
                    if let Some(message) = payload.downcast_ref::<&str>() {
                        panic!("a call panicked: {message}");
                    }
                }
            }
        }
        results
    })
}
