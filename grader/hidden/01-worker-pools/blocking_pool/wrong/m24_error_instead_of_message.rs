//! caught by: a_panic_becomes_an_error_in_its_place (failed)
//! idea: The text of a `JoinError` is the text of the panic.

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
    let places = Arc::new(Semaphore::new(limit.get()));
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
        results.push(call.await.map_err(|error| Panicked(error.to_string())));
    }
    results
}
