//! Doing many things side by side, but not more than the machine can.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// Applies `work` to every item on `jobs` threads and returns the results in the order of the items.
///
/// # Panics
///
/// If `work` does.
pub fn map<T: Sync, R: Send>(jobs: usize, items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let results: Mutex<Vec<Option<R>>> = Mutex::new(items.iter().map(|_| None).collect());
    thread::scope(|scope| {
        for _ in 0..jobs.clamp(1, items.len().max(1)) {
            scope.spawn(|| {
                while let Some((at, item)) = claim(&next, items) {
                    let result = work(item);
                    results.lock().expect("a result is stored in one step")[at] = Some(result);
                }
            });
        }
    });
    let results = results.into_inner().expect("a result is stored in one step");
    results.into_iter().map(|result| result.expect("every item was claimed")).collect()
}

fn claim<'i, T>(next: &AtomicUsize, items: &'i [T]) -> Option<(usize, &'i T)> {
    let at = next.fetch_add(1, Ordering::Relaxed);
    items.get(at).map(|item| (at, item))
}
