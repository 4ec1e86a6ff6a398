//! right: `buffer_unordered` of calls that carry their index, sorted at the end; each goes through a task of its own.

use std::any::Any;
use std::num::NonZeroUsize;
use std::sync::Arc;

use futures::{StreamExt, stream};
use tokio::task::spawn_blocking;
use tokio_util::task::AbortOnDropHandle;

#[derive(Debug, PartialEq, Eq)]
pub struct Panicked(pub String);

pub async fn run_blocking<T, R, F>(items: Vec<T>, limit: NonZeroUsize, f: F) -> Vec<Result<R, Panicked>>
where
    T: Send + 'static,
    R: Send + 'static,
    F: Fn(T) -> R + Send + Sync + 'static,
{
    let f = Arc::new(f);
    let mut results: Vec<(usize, Result<R, Panicked>)> = stream::iter(items.into_iter().enumerate())
        .map(|(index, item)| {
            let f = f.clone();
            let call = async move { spawn_blocking(move || f(item)).await };
            async move {
                let ended = AbortOnDropHandle::new(tokio::spawn(call)).await.expect("the task only passes on");
                (index, ended.map_err(|error| Panicked(message(error.into_panic()))))
            }
        })
        .buffer_unordered(limit.get())
        .collect()
        .await;
    results.sort_unstable_by_key(|(index, _)| *index);
    results.into_iter().map(|(_, result)| result).collect()
}

fn message(payload: Box<dyn Any + Send>) -> String {
    match payload.downcast::<String>() {
        Ok(text) => *text,
        Err(payload) => payload.downcast_ref::<&str>().unwrap_or(&"no text").to_string(),
    }
}
