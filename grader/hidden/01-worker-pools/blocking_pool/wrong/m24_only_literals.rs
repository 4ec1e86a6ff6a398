//! caught by: a_panic_becomes_an_error_in_its_place (failed)
//! idea: What a panic carries is a `&str`.

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
        results.push(call.await.map_err(|error| Panicked(message(error.into_panic()))));
    }
    results
}

fn message(payload: Box<dyn Any + Send>) -> String {
    payload.downcast_ref::<&str>().unwrap_or(&"unknown").to_string()
}
