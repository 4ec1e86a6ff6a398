//! caught by: panics_do_not_lower_the_limit (failed)
//! idea: A worker whose call panics can be left to tokio; the result is missing, and a missing result is a panic.

use std::num::NonZeroUsize;
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
            // Nobody listens any more: stop.
            while !tell.is_closed() {
                let next = items.lock().unwrap().next();
                let Some((index, item)) = next else { break };
                let result = f(item);
                let _ = tell.send((index, Ok(result)));
            }
        });
    }
    drop(tell);
    while let Some((index, result)) = told.recv().await {
        results[index] = Some(result);
    }
    results.into_iter().map(|result| result.unwrap_or_else(|| Err(Panicked("panicked".to_owned())))).collect()
}
