//! caught by: no_items_mean_no_call (failed)
//! idea: No more places than items are needed, and there is always at least one item.

use std::any::Any;
use std::num::NonZeroUsize;
use std::sync::Arc;

use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;
use tokio_util::task::AbortOnDropHandle;

#[derive(Debug, PartialEq, Eq)]
pub struct Panicked(pub String);

pub async fn run_blocking<T, R, F>(items: Vec<T>, limit: NonZeroUsize, f: F) -> Vec<Result<R, Panicked>>
where
    T: Send + 'static,
    R: Send + 'static,
    F: Fn(T) -> R + Send + Sync + 'static,
{
    let f = Arc::new(f);
    let count = NonZeroUsize::new(items.len()).expect("something to do");
    let places = Arc::new(Semaphore::new(limit.min(count).get()));
    let mut calls = Vec::new();
    for item in items {
        let place = places.clone().acquire_owned().await.unwrap();
        let f = f.clone();
        calls.push(AbortOnDropHandle::new(spawn_blocking(move || {
            let _place = place;
            f(item)
        })));
    }
    let mut results = Vec::new();
    for call in calls {
        results.push(call.await.map_err(|error| Panicked(message(error.into_panic()))));
    }
    results
}

fn message(payload: Box<dyn Any + Send>) -> String {
    match payload.downcast::<String>() {
        Ok(text) => *text,
        Err(payload) => payload.downcast_ref::<&str>().unwrap_or(&"no text").to_string(),
    }
}
