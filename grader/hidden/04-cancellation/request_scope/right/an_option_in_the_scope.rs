//! right: the task-local holds an `Option` behind an `Arc`, and the helpers always open a scope, also an empty one.

use std::future::Future;
use std::sync::Arc;

use tokio::task::JoinHandle;
use tokio::task_local;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestId(pub String);

task_local! {
    static REQUEST: Option<Arc<str>>;
}

fn here() -> Option<Arc<str>> {
    REQUEST.try_with(Clone::clone).unwrap_or_default()
}

pub async fn with_request<F: Future>(id: RequestId, fut: F) -> F::Output {
    REQUEST.scope(Some(id.0.into()), fut).await
}

pub fn current_request() -> Option<RequestId> {
    here().map(|id| RequestId(id.to_string()))
}

pub fn spawn_in_scope<F>(fut: F) -> JoinHandle<F::Output>
where
    F: Future + Send + 'static,
    F::Output: Send + 'static,
{
    tokio::spawn(REQUEST.scope(here(), fut))
}

pub fn spawn_blocking_in_scope<F, R>(f: F) -> JoinHandle<R>
where
    F: FnOnce() -> R + Send + 'static,
    R: Send + 'static,
{
    let id = here();
    tokio::task::spawn_blocking(|| REQUEST.sync_scope(id, f))
}
