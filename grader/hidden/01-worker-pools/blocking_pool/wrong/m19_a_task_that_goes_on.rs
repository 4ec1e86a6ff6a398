//! caught by: a_dropped_future_begins_no_further_call (failed)
//! idea: What a future has spawned ends with it.

use std::any::Any;
use std::num::NonZeroUsize;
use std::sync::Arc;

use futures::future::join_all;
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;

#[derive(Debug, PartialEq, Eq)]
pub struct Panicked(pub String);

pub async fn run_blocking<T, R, F>(items: Vec<T>, limit: NonZeroUsize, f: F) -> Vec<Result<R, Panicked>>
where
    T: Send + 'static,
    R: Send + 'static,
    F: Fn(T) -> R + Send + Sync + 'static,
{
    let (f, places) = (Arc::new(f), Arc::new(Semaphore::new(limit.get())));
    let calls = items.into_iter().map(|item| {
        let (f, places) = (f.clone(), places.clone());
        tokio::spawn(async move {
            let _place = places.acquire().await.unwrap();
            spawn_blocking(move || f(item)).await
        })
    });
    let ended = join_all(calls).await;
    let call = |call: Result<Result<R, tokio::task::JoinError>, _>| {
        call.unwrap().map_err(|error| Panicked(message(error.into_panic())))
    };
    ended.into_iter().map(call).collect()
}

fn message(payload: Box<dyn Any + Send>) -> String {
    match payload.downcast::<String>() {
        Ok(text) => *text,
        Err(payload) => payload.downcast_ref::<&str>().unwrap_or(&"no text").to_string(),
    }
}
