//! right: `join_all` of one future per item; each waits for a permit and holds it while it awaits its call.

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
    let places = Semaphore::new(limit.get());
    let f = Arc::new(f);
    let call = |item| {
        let (places, f) = (&places, f.clone());
        async move {
            let _place = places.acquire().await.unwrap();
            spawn_blocking(move || f(item)).await.map_err(|error| Panicked(message(error.into_panic())))
        }
    };
    join_all(items.into_iter().map(call)).await
}

fn message(payload: Box<dyn Any + Send>) -> String {
    match payload.downcast::<String>() {
        Ok(text) => *text,
        Err(payload) => payload.downcast_ref::<&str>().unwrap_or(&"no text").to_string(),
    }
}
