//! right: a `JoinSet` is kept at `limit` members; each call carries its index and catches its own panic.

use std::any::Any;
use std::num::NonZeroUsize;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use tokio::task::JoinSet;

#[derive(Debug, PartialEq, Eq)]
pub struct Panicked(pub String);

pub async fn run_blocking<T, R, F>(items: Vec<T>, limit: NonZeroUsize, f: F) -> Vec<Result<R, Panicked>>
where
    T: Send + 'static,
    R: Send + 'static,
    F: Fn(T) -> R + Send + Sync + 'static,
{
    let f = Arc::new(f);
    let mut results: Vec<_> = items.iter().map(|_| None).collect();
    let mut items = items.into_iter().enumerate();
    let mut calls = JoinSet::new();
    loop {
        while calls.len() < limit.get()
            && let Some((index, item)) = items.next()
        {
            let f = f.clone();
            calls.spawn_blocking(move || (index, catch_unwind(AssertUnwindSafe(|| f(item)))));
        }
        let Some(ended) = calls.join_next().await else { break };
        let (index, outcome) = ended.unwrap();
        results[index] = Some(outcome.map_err(|payload| Panicked(message(payload))));
    }
    results.into_iter().flatten().collect()
}

fn message(payload: Box<dyn Any + Send>) -> String {
    match payload.downcast::<String>() {
        Ok(text) => *text,
        Err(payload) => payload.downcast_ref::<&str>().unwrap_or(&"no text").to_string(),
    }
}
