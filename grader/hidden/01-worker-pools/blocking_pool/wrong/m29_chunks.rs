//! caught by: the_next_call_begins_when_one_has_ended (failed)
//! idea: A limit of n means n at a time, one batch after the other.

use std::any::Any;
use std::num::NonZeroUsize;
use std::sync::Arc;

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
    let f = Arc::new(f);
    let mut results = Vec::new();
    let mut items = items.into_iter();
    loop {
        let batch: Vec<T> = items.by_ref().take(limit.get()).collect();
        if batch.is_empty() {
            return results;
        }
        let calls = batch.into_iter().map(|item| {
            let f = f.clone();
            spawn_blocking(move || f(item))
        });
        for outcome in join_all(calls).await {
            results.push(outcome.map_err(|error| Panicked(message(error.into_panic()))));
        }
    }
}

fn message(payload: Box<dyn Any + Send>) -> String {
    match payload.downcast::<String>() {
        Ok(text) => *text,
        Err(payload) => payload.downcast_ref::<&str>().unwrap_or(&"no text").to_string(),
    }
}
