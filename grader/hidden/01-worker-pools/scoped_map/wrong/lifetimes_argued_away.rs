//! caught by: a_panic_waits_for_the_other_calls (failed)
//! idea: Every thread is joined before the return, so the lifetimes can be argued away without a scope.
#![allow(unsafe_code)]

use std::mem::transmute;
use std::thread;

type Job = Box<dyn FnOnce() + Send>;

pub fn scoped_map<T, R, F>(items: &[T], f: F) -> Vec<R>
where
    T: Sync,
    R: Send,
    F: Fn(&T) -> R + Sync,
{
    let f: &F = Box::leak(Box::new(f));
    let slots: Vec<Option<R>> = items.iter().map(|_| None).collect();
    let slots = slots.leak();
    let handles: Vec<_> = items
        .iter()
        .zip(slots.iter_mut())
        .map(|(item, slot)| {
            let job: Box<dyn FnOnce() + Send + '_> = Box::new(move || *slot = Some(f(item)));
            // SAFETY: we join below, so nothing borrowed here is used after the return.
            let job = unsafe { transmute::<Box<dyn FnOnce() + Send + '_>, Job>(job) };
            thread::spawn(job)
        })
        .collect();
    for handle in handles {
        handle.join().unwrap();
    }
    slots.iter_mut().map(|slot| slot.take().unwrap()).collect()
}
