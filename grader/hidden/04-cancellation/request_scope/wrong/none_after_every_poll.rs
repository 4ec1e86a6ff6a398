//! caught by: an_inner_scope_shadows_and_restores (failed)
//! idea: After a poll nobody is current.

use std::cell::RefCell;
use std::future::{Future, poll_fn};
use std::pin::pin;

use tokio::task::JoinHandle;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestId(pub String);

thread_local! {
    static CURRENT: RefCell<Option<RequestId>> = const { RefCell::new(None) };
}

struct Leave;

impl Drop for Leave {
    fn drop(&mut self) {
        CURRENT.set(None);
    }
}

pub async fn with_request<F: Future>(id: RequestId, fut: F) -> F::Output {
    let mut fut = pin!(fut);
    poll_fn(|context| {
        CURRENT.set(Some(id.clone()));
        let _leave = Leave;
        fut.as_mut().poll(context)
    })
    .await
}

pub fn current_request() -> Option<RequestId> {
    CURRENT.with_borrow(Clone::clone)
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
    tokio::task::spawn_blocking(move || {
        CURRENT.set(id);
        let _leave = Leave;
        f()
    })
}
