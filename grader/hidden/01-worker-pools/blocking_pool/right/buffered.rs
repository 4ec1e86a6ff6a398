//! right: a stream with `buffered(limit)`; a call that has ended keeps its place until those before it have ended, too.

use std::any::Any;
use std::num::NonZeroUsize;
use std::sync::Arc;

use futures::{StreamExt, stream};
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
    stream::iter(items)
        .map(|item| {
            let f = f.clone();
            async move { spawn_blocking(move || f(item)).await.map_err(|error| Panicked(message(error.into_panic()))) }
        })
        .buffered(limit.get())
        .collect()
        .await
}

fn message(payload: Box<dyn Any + Send>) -> String {
    match payload.downcast::<String>() {
        Ok(text) => *text,
        Err(payload) => payload.downcast_ref::<&str>().unwrap_or(&"no text").to_string(),
    }
}
