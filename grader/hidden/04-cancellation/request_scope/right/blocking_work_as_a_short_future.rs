//! right: the closure is wrapped in a future and run in a scope that is driven to its end on the blocking thread.

use std::future::Future;

use futures::executor::block_on;
use futures::future::{Either, lazy};
use tokio::task::JoinHandle;
use tokio::task_local;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestId(pub String);

task_local! {
    static REQUEST: RequestId;
}

fn in_scope<F: Future>(id: Option<RequestId>, fut: F) -> impl Future<Output = F::Output> {
    match id {
        Some(id) => Either::Left(REQUEST.scope(id, fut)),
        None => Either::Right(fut),
    }
}

pub async fn with_request<F: Future>(id: RequestId, fut: F) -> F::Output {
    in_scope(Some(id), fut).await
}

pub fn current_request() -> Option<RequestId> {
    REQUEST.try_with(Clone::clone).ok()
}

pub fn spawn_in_scope<F>(fut: F) -> JoinHandle<F::Output>
where
    F: Future + Send + 'static,
    F::Output: Send + 'static,
{
    tokio::spawn(in_scope(current_request(), fut))
}

pub fn spawn_blocking_in_scope<F, R>(f: F) -> JoinHandle<R>
where
    F: FnOnce() -> R + Send + 'static,
    R: Send + 'static,
{
    let id = current_request();
    tokio::task::spawn_blocking(|| block_on(in_scope(id, lazy(|_| f()))))
}
