//! caught by: scopes_nest_in_a_spawned_task (failed)
//! idea: What a task has inherited is its id from then on.

use std::future::Future;

use tokio::task::JoinHandle;
use tokio::task_local;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestId(pub String);

task_local! {
    static REQUEST: RequestId;
    static INHERITED: RequestId;
}

pub async fn with_request<F: Future>(id: RequestId, fut: F) -> F::Output {
    REQUEST.scope(id, fut).await
}

pub fn current_request() -> Option<RequestId> {
    INHERITED.try_with(Clone::clone).or_else(|_| REQUEST.try_with(Clone::clone)).ok()
}

pub fn spawn_in_scope<F>(fut: F) -> JoinHandle<F::Output>
where
    F: Future + Send + 'static,
    F::Output: Send + 'static,
{
    match current_request() {
        Some(id) => tokio::spawn(INHERITED.scope(id, fut)),
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
