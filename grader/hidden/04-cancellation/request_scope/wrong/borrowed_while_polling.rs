//! caught by: an_inner_scope_shadows_and_restores (failed)
//! idea: While a request is polled, nobody else can want the cell that holds its id.

use std::cell::RefCell;
use std::future::{Future, poll_fn};
use std::pin::pin;

use tokio::task::JoinHandle;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestId(pub String);

thread_local! {
    static CURRENT: RefCell<Option<RequestId>> = const { RefCell::new(None) };
}

/// What `current_request` reads while the cell is in use.
fn entered<R>(id: Option<RequestId>, call: impl FnOnce() -> R) -> R {
    CURRENT.with(|current| {
        let before = current.replace(id);
        let reading = current.borrow();
        let result = call();
        drop(reading);
        current.replace(before);
        result
    })
}

pub async fn with_request<F: Future>(id: RequestId, fut: F) -> F::Output {
    let mut fut = pin!(fut);
    poll_fn(|context| entered(Some(id.clone()), || fut.as_mut().poll(context))).await
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
    tokio::task::spawn_blocking(move || entered(id, f))
}
