//! caught by: f_runs_off_the_runtimes_thread (failed)
//! idea: An `async fn` may take its time.

use std::any::Any;
use std::num::NonZeroUsize;
use std::panic::{AssertUnwindSafe, catch_unwind};

#[derive(Debug, PartialEq, Eq)]
pub struct Panicked(pub String);

pub async fn run_blocking<T, R, F>(items: Vec<T>, limit: NonZeroUsize, f: F) -> Vec<Result<R, Panicked>>
where
    T: Send + 'static,
    R: Send + 'static,
    F: Fn(T) -> R + Send + Sync + 'static,
{
    let _ = limit;
    let call = |item| catch_unwind(AssertUnwindSafe(|| f(item))).map_err(|payload| Panicked(message(payload)));
    items.into_iter().map(call).collect()
}

fn message(payload: Box<dyn Any + Send>) -> String {
    match payload.downcast::<String>() {
        Ok(text) => *text,
        Err(payload) => payload.downcast_ref::<&str>().unwrap_or(&"no text").to_string(),
    }
}
