//! caught by: outside_any_request_there_is_none (failed)
//! idea: The current request is a global variable behind a lock.

use std::future::Future;
use std::sync::Mutex;

use tokio::task::JoinHandle;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestId(pub String);

static CURRENT: Mutex<Option<RequestId>> = Mutex::new(None);

pub async fn with_request<F: Future>(id: RequestId, fut: F) -> F::Output {
    let before = CURRENT.lock().unwrap().replace(id);
    let output = fut.await;
    *CURRENT.lock().unwrap() = before;
    output
}

pub fn current_request() -> Option<RequestId> {
    CURRENT.lock().unwrap().clone()
}

pub fn spawn_in_scope<F>(fut: F) -> JoinHandle<F::Output>
where
    F: Future + Send + 'static,
    F::Output: Send + 'static,
{
    tokio::spawn(fut)
}

pub fn spawn_blocking_in_scope<F, R>(f: F) -> JoinHandle<R>
where
    F: FnOnce() -> R + Send + 'static,
    R: Send + 'static,
{
    tokio::task::spawn_blocking(f)
}
