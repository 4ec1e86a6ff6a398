//! caught by: as_many_calls_at_once_as_the_limit (failed)
//! idea: `spawn_blocking` and `await`: the calls run in the background.

use std::any::Any;
use std::num::NonZeroUsize;
use std::sync::Arc;

use tokio::task::spawn_blocking;

#[derive(Debug, PartialEq, Eq)]
pub struct Panicked(pub String);

pub async fn run_blocking<T, R, F>(items: Vec<T>, limit: NonZeroUsize, f: F) -> Vec<Result<R, Panicked>>
where
    T: Send + 'static,
    R: Send + 'static,
    F: Fn(T) -> R + Send + Sync + 'static,
{
    let _ = limit;
    let f = Arc::new(f);
    let mut results = Vec::new();
    for item in items {
        let f = f.clone();
        let outcome = spawn_blocking(move || f(item)).await;
        results.push(outcome.map_err(|error| Panicked(message(error.into_panic()))));
    }
    results
}

fn message(payload: Box<dyn Any + Send>) -> String {
    match payload.downcast::<String>() {
        Ok(text) => *text,
        Err(payload) => payload.downcast_ref::<&str>().unwrap_or(&"no text").to_string(),
    }
}
