//! caught by: never_more_calls_at_once_than_the_limit (failed)
//! idea: `spawn_blocking` is a pool already; it will not run more than is good.

use std::any::Any;
use std::num::NonZeroUsize;
use std::sync::Arc;

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
    let mut calls = Vec::new();
    for item in items {
        let _ = limit;
        let f = f.clone();
        calls.push(AbortOnDropHandle::new(spawn_blocking(move || f(item))));
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
