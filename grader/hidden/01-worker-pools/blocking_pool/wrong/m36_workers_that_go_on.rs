//! caught by: a_dropped_future_begins_no_further_call (failed)
//! idea: A future that is dropped takes its blocking tasks with it.

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
    let (tell, mut told) = mpsc::unbounded_channel();
    let mut results: Vec<_> = items.iter().map(|_| None).collect();
    let items = Arc::new(Mutex::new(items.into_iter().enumerate()));
    for _ in 0..limit.get() {
        let (items, f, tell) = (items.clone(), f.clone(), tell.clone());
        spawn_blocking(move || {
            loop {
                let next = items.lock().unwrap().next();
                let Some((index, item)) = next else { break };
                let outcome = catch_unwind(AssertUnwindSafe(|| f(item)));
                let _ = tell.send((index, outcome.map_err(|payload| Panicked(message(payload)))));
            }
        });
    }
    drop(tell);
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
