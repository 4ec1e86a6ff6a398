//! caught by: a_plain_spawn_does_not_carry_the_id (failed)
//! idea: A task without an id works for the request that was last seen on its thread.

use std::cell::RefCell;
use std::future::Future;

use tokio::task::JoinHandle;
use tokio::task_local;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestId(pub String);

task_local! {
    static REQUEST: RequestId;
}

thread_local! {
    static LAST: RefCell<Option<RequestId>> = const { RefCell::new(None) };
}

struct Forget;

impl Drop for Forget {
    fn drop(&mut self) {
        LAST.set(None);
    }
}

pub async fn with_request<F: Future>(id: RequestId, fut: F) -> F::Output {
    LAST.set(Some(id.clone()));
    let _forget = Forget;
    REQUEST.scope(id, fut).await
}

pub fn current_request() -> Option<RequestId> {
    REQUEST.try_with(Clone::clone).ok().or_else(|| LAST.with_borrow(Clone::clone))
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
