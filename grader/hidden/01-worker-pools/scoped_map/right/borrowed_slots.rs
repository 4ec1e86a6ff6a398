//! right: no lock either; the result vector is split into one `&mut` slot per thread.

use std::thread;

pub fn scoped_map<T, R, F>(items: &[T], f: F) -> Vec<R>
where
    T: Sync,
    R: Send,
    F: Fn(&T) -> R + Sync,
{
    let mut slots: Vec<Option<R>> = Vec::new();
    slots.resize_with(items.len(), || None);
    thread::scope(|scope| {
        for (item, slot) in items.iter().zip(&mut slots) {
            let f = &f;
            scope.spawn(move || *slot = Some(f(item)));
        }
    });
    slots.into_iter().map(|slot| slot.expect("the scope panics if a call did")).collect()
}
