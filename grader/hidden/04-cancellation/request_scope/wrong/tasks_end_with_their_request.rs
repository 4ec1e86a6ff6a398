//! caught by: a_task_runs_on_without_its_handle (failed)
//! idea: What a request has spawned ends with the request.

use std::future::Future;
use std::sync::{Arc, Mutex};

use tokio::task::{AbortHandle, JoinHandle};
use tokio::task_local;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestId(pub String);

#[derive(Default)]
struct Tasks(Mutex<Vec<AbortHandle>>);

impl Drop for Tasks {
    fn drop(&mut self) {
        for task in self.0.get_mut().unwrap() {
            task.abort();
        }
    }
}

task_local! {
    static REQUEST: (RequestId, Arc<Tasks>);
}

pub async fn with_request<F: Future>(id: RequestId, fut: F) -> F::Output {
    REQUEST.scope((id, Arc::default()), fut).await
}

pub fn current_request() -> Option<RequestId> {
    REQUEST.try_with(|(id, _)| id.clone()).ok()
}

pub fn spawn_in_scope<F>(fut: F) -> JoinHandle<F::Output>
where
    F: Future + Send + 'static,
    F::Output: Send + 'static,
{
    let Ok((id, tasks)) = REQUEST.try_with(Clone::clone) else { return tokio::spawn(fut) };
    let task = tokio::spawn(with_request(id, fut));
    tasks.0.lock().unwrap().push(task.abort_handle());
    task
}

pub fn spawn_blocking_in_scope<F, R>(f: F) -> JoinHandle<R>
where
    F: FnOnce() -> R + Send + 'static,
    R: Send + 'static,
{
    let scope = REQUEST.try_with(Clone::clone);
    tokio::task::spawn_blocking(move || match scope {
        Ok((id, _)) => REQUEST.sync_scope((id, Arc::default()), f),
        Err(_) => f(),
    })
}
