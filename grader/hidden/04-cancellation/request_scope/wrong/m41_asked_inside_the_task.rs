//! caught by: a_task_keeps_the_id_it_was_spawned_with (failed)
//! idea: The id is read when it is needed: at the beginning of the new task.

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
    REQUEST.try_with(RequestId::clone).ok()
}

pub fn spawn_in_scope<F>(fut: F) -> JoinHandle<F::Output>
where
    F: Future + Send + 'static,
    F::Output: Send + 'static,
{
    tokio::spawn(async move {
        match current_request() {
            Some(id) => with_request(id, fut).await,
            None => fut.await,
        }
    })
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
