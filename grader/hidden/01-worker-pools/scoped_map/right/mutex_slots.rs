//! right: no handle is kept; each call puts its result into a slot of its own, behind one lock.

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
                let result = f(item);
                slots.lock().unwrap()[index] = Some(result);
            });
        }
    });
    slots.into_inner().unwrap().into_iter().flatten().collect()
}
