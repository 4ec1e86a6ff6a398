//! caught by: outside_any_request_there_is_none (failed)
//! idea: Whoever asks for the request is in one.

use std::future::Future;

use tokio::task::JoinHandle;
use tokio::task_local;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestId(pub String);

task_local! {
    static REQUEST: RequestId;
}

pub async fn with_request<F: Future>(id: RequestId, fut: F) -> F::Output {
    REQUEST.scope(id, fut).await
}

pub fn current_request() -> Option<RequestId> {
    Some(REQUEST.get())
}

pub fn spawn_in_scope<F>(fut: F) -> JoinHandle<F::Output>
where
    F: Future + Send + 'static,
    F::Output: Send + 'static,
{
    match current_request() {
        Some(id) => tokio::spawn(with_request(id, fut)),
        None => tokio::spawn(fut),
    }
}

pub fn spawn_blocking_in_scope<F, R>(f: F) -> JoinHandle<R>
where
    F: FnOnce() -> R + Send + 'static,
    R: Send + 'static,
{
    let id = current_request();
    tokio::task::spawn_blocking(move || match id {
        Some(id) => REQUEST.sync_scope(id, f),
        None => f(),
    })
}
