//! right: ugly; a second scope on a thread of its own, started from the back, calls held until all threads stand,
//! panics caught in every thread and turned into one of our own without text.

use std::panic::{AssertUnwindSafe, catch_unwind, panic_any};
use std::sync::{Barrier, OnceLock};
use std::thread;

pub fn scoped_map<T, R, F>(items: &[T], f: F) -> Vec<R>
where
    T: Sync,
    R: Send,
    F: Fn(&T) -> R + Sync,
{
    if items.is_empty() {
        return vec![];
    }
    let all_here = Barrier::new(items.len());
    // A slot may be written from any thread, but a result need not be `Sync`: so each sits in a lock.
    let slots: Vec<std::sync::Mutex<OnceLock<R>>> = items.iter().map(|_| Default::default()).collect();
    let panicked = std::sync::atomic::AtomicBool::new(false);
    thread::scope(|outer| {
        outer.spawn(|| {
            thread::scope(|inner| {
                for (item, slot) in items.iter().zip(&slots).rev() {
                    let (all_here, panicked, f) = (&all_here, &panicked, &f);
                    inner.spawn(move || {
                        all_here.wait();
                        match catch_unwind(AssertUnwindSafe(|| f(item))) {
                            Ok(result) => {
                                let _ = slot.lock().unwrap().set(result);
                            }
                            Err(_) => panicked.store(true, std::sync::atomic::Ordering::SeqCst),
                        }
                        // Nobody leaves before everybody is done.
                        all_here.wait();
                    });
                }
            });
        });
    });
    if panicked.into_inner() {
        panic_any(());
    }
    slots.into_iter().map(|slot| slot.into_inner().unwrap().into_inner().unwrap()).collect()
}
