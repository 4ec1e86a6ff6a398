//! right: `limit` blocking workers take items from a shared iterator and put results into slots; a guard tells them to stop.

use std::any::Any;
use std::num::NonZeroUsize;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex};

use futures::future::join_all;
use tokio::task::spawn_blocking;

#[derive(Debug, PartialEq, Eq)]
pub struct Panicked(pub String);

pub async fn run_blocking<T, R, F>(items: Vec<T>, limit: NonZeroUsize, f: F) -> Vec<Result<R, Panicked>>
where
    T: Send + 'static,
    R: Send + 'static,
    F: Fn(T) -> R + Send + Sync + 'static,
{
    let results = Arc::new(Mutex::new(items.iter().map(|_| None).collect::<Vec<_>>()));
    let workers = limit.get().min(items.len());
    let items = Arc::new(Mutex::new(items.into_iter().enumerate().collect::<Vec<_>>().into_iter()));
    let stop = EmptyOnDrop(items.clone());
    let f = Arc::new(f);
    let worker = |_| {
        let (items, results, f) = (items.clone(), results.clone(), f.clone());
        spawn_blocking(move || {
            loop {
                // The guard must not live while `f` runs.
                let next = items.lock().unwrap().next();
                let Some((index, item)) = next else { break };
                let outcome = catch_unwind(AssertUnwindSafe(|| f(item)));
                results.lock().unwrap()[index] = Some(outcome.map_err(|payload| Panicked(message(payload))));
            }
        })
    };
    join_all((0..workers).map(worker)).await;
    drop(stop);
    std::mem::take(&mut *results.lock().unwrap()).into_iter().flatten().collect()
}

fn message(payload: Box<dyn Any + Send>) -> String {
    match payload.downcast::<String>() {
        Ok(text) => *text,
        Err(payload) => payload.downcast_ref::<&str>().unwrap_or(&"no text").to_string(),
    }
}

/// Takes away what has not been begun.
struct EmptyOnDrop<T>(Arc<Mutex<std::vec::IntoIter<T>>>);

impl<T> Drop for EmptyOnDrop<T> {
    fn drop(&mut self) {
        *self.0.lock().unwrap() = Vec::new().into_iter();
    }
}
