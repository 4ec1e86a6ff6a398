//! caught by: the_limit_may_be_larger_than_the_number_of_items (failed)
//! idea: The first `limit` items start, and each of the others when one has ended.

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
    let mut calls = JoinSet::new();
    let mut start = |calls: &mut JoinSet<_>, (index, item)| {
        let f = f.clone();
        calls.spawn_blocking(move || (index, catch_unwind(AssertUnwindSafe(|| f(item)))));
    };
    let mut items: Vec<_> = items.into_iter().enumerate().collect();
    if items.is_empty() {
        return Vec::new();
    }
    for first in items.drain(..limit.get()) {
        start(&mut calls, first);
    }
    let mut rest = items.into_iter();
    let mut results = Vec::new();
    while let Some(ended) = calls.join_next().await {
        let (index, outcome) = ended.unwrap();
        results.push((index, outcome.map_err(|payload| Panicked(message(payload)))));
        if let Some(next) = rest.next() {
            start(&mut calls, next);
        }
    }
    results.sort_by_key(|(index, _)| *index);
    results.into_iter().map(|(_, result)| result).collect()
}

fn message(payload: Box<dyn Any + Send>) -> String {
    match payload.downcast::<String>() {
        Ok(text) => *text,
        Err(payload) => payload.downcast_ref::<&str>().unwrap_or(&"no text").to_string(),
    }
}
