//! caught by: results_come_in_input_order (failed)
//! idea: A `JoinSet` gives the results back as they went in.

use std::any::Any;
use std::num::NonZeroUsize;
use std::sync::Arc;

use tokio::task::{JoinError, JoinSet};

#[derive(Debug, PartialEq, Eq)]
pub struct Panicked(pub String);

pub async fn run_blocking<T, R, F>(items: Vec<T>, limit: NonZeroUsize, f: F) -> Vec<Result<R, Panicked>>
where
    T: Send + 'static,
    R: Send + 'static,
    F: Fn(T) -> R + Send + Sync + 'static,
{
    let f = Arc::new(f);
    let mut calls = JoinSet::new();
    let mut results = Vec::new();
    for item in items {
        if calls.len() == limit.get() {
            results.extend(calls.join_next().await.map(result));
        }
        let f = f.clone();
        calls.spawn_blocking(move || f(item));
    }
    while let Some(ended) = calls.join_next().await {
        results.push(result(ended));
    }
    results
}

fn result<R>(ended: Result<R, JoinError>) -> Result<R, Panicked> {
    ended.map_err(|error| Panicked(message(error.into_panic())))
}

fn message(payload: Box<dyn Any + Send>) -> String {
    match payload.downcast::<String>() {
        Ok(text) => *text,
        Err(payload) => payload.downcast_ref::<&str>().unwrap_or(&"no text").to_string(),
    }
}
