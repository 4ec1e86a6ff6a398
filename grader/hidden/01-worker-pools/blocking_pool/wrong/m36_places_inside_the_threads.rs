//! caught by: a_dropped_future_begins_no_further_call (failed)
//! idea: All calls can be handed over at once, if each waits for its place on its own thread; dropping the handles stops those that wait.

use std::any::Any;
use std::num::NonZeroUsize;
use std::sync::Arc;

use tokio::runtime::Handle;
use tokio::sync::Semaphore;
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
    let (f, places) = (Arc::new(f), Arc::new(Semaphore::new(limit.get())));
    let calls: Vec<_> = items
        .into_iter()
        .map(|item| {
            let (f, places) = (f.clone(), places.clone());
            AbortOnDropHandle::new(spawn_blocking(move || {
                let _place = Handle::current().block_on(places.acquire()).unwrap();
                f(item)
            }))
        })
        .collect();
    let mut results = Vec::new();
    for call in calls {
        results.push(call.await.map_err(|error| Panicked(message(error.into_panic()))));
    }
    results
}

fn message(payload: Box<dyn Any + Send>) -> String {
    match payload.downcast::<String>() {
        Ok(text) => *text,
        Err(payload) => payload.downcast_ref::<&str>().unwrap_or(&"no text").to_string(),
    }
}
