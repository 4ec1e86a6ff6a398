//! caught by: all_calls_run_at_the_same_time (failed)
//! idea: The lock is taken when the result is stored, not while `f` computes it.

use std::sync::Mutex;
use std::thread;

pub fn scoped_map<T, R, F>(items: &[T], f: F) -> Vec<R>
where
    T: Sync,
    R: Send,
    F: Fn(&T) -> R + Sync,
{
    let slots: Mutex<Vec<Option<R>>> = Mutex::new(items.iter().map(|_| None).collect());
    thread::scope(|scope| {
        for (index, item) in items.iter().enumerate() {
            let (slots, f) = (&slots, &f);
            scope.spawn(move || {
                // The guard comes first, then the value to be stored.
                slots.lock().unwrap().get_mut(index).unwrap().replace(f(item));
            });
        }
    });
    slots.into_inner().unwrap().into_iter().flatten().collect()
}
