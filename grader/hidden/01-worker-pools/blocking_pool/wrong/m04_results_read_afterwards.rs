//! caught by: there_may_be_far_more_items_than_the_limit (deadlocked)
//! idea: First all calls, then all results: a channel with room for a hundred holds them meanwhile.

use std::any::Any;
use std::num::NonZeroUsize;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex};

use tokio::sync::mpsc;
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
    let (tell, mut told) = mpsc::channel(100);
    let mut workers = Vec::new();
    let mut results: Vec<_> = items.iter().map(|_| None).collect();
    let items = Arc::new(Mutex::new(items.into_iter().enumerate()));
    for _ in 0..limit.get() {
        let (items, f, tell) = (items.clone(), f.clone(), tell.clone());
        workers.push(spawn_blocking(move || {
            // Nobody listens any more: stop.
            while !tell.is_closed() {
                let next = items.lock().unwrap().next();
                let Some((index, item)) = next else { break };
                let outcome = catch_unwind(AssertUnwindSafe(|| f(item)));
                let _ = tell.blocking_send((index, outcome.map_err(|payload| Panicked(message(payload)))));
            }
        }));
    }
    drop(tell);
    for worker in workers {
        worker.await.unwrap();
    }
    while let Some((index, result)) = told.recv().await {
        results[index] = Some(result);
    }
    results.into_iter().map(|result| result.unwrap()).collect()
}

fn message(payload: Box<dyn Any + Send>) -> String {
    match payload.downcast::<String>() {
        Ok(text) => *text,
        Err(payload) => payload.downcast_ref::<&str>().unwrap_or(&"no text").to_string(),
    }
}
