//! caught by: f_runs_off_the_runtimes_thread (failed)
//! idea: Futures that are joined, `limit` at a time, run in parallel.

use std::any::Any;
use std::num::NonZeroUsize;
use std::panic::{AssertUnwindSafe, catch_unwind};

use futures::{StreamExt, stream};

#[derive(Debug, PartialEq, Eq)]
pub struct Panicked(pub String);

pub async fn run_blocking<T, R, F>(items: Vec<T>, limit: NonZeroUsize, f: F) -> Vec<Result<R, Panicked>>
where
    T: Send + 'static,
    R: Send + 'static,
    F: Fn(T) -> R + Send + Sync + 'static,
{
    let f = &f;
    stream::iter(items)
        .map(|item| async move { catch_unwind(AssertUnwindSafe(|| f(item))) })
        .buffered(limit.get())
        .map(|outcome| outcome.map_err(|payload| Panicked(message(payload))))
        .collect()
        .await
}

fn message(payload: Box<dyn Any + Send>) -> String {
    match payload.downcast::<String>() {
        Ok(text) => *text,
        Err(payload) => payload.downcast_ref::<&str>().unwrap_or(&"no text").to_string(),
    }
}
