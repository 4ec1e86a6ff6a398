//! caught by: a_blocking_thread_forgets_the_request (failed)
//! idea: A thread for blocking work belongs to the closure that it runs.

use std::cell::RefCell;
use std::future::{Future, poll_fn};
use std::pin::pin;

use tokio::task::JoinHandle;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestId(pub String);

thread_local! {
    static CURRENT: RefCell<Option<RequestId>> = const { RefCell::new(None) };
}

/// Puts back what stood there before.
struct Restore(Option<RequestId>);

impl Drop for Restore {
    fn drop(&mut self) {
        CURRENT.set(self.0.take());
    }
}

fn enter(id: Option<RequestId>) -> Restore {
    Restore(CURRENT.replace(id))
}

pub async fn with_request<F: Future>(id: RequestId, fut: F) -> F::Output {
    let mut fut = pin!(fut);
    poll_fn(|context| {
        let _restore = enter(Some(id.clone()));
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
        if id.is_some() {
            CURRENT.set(id);
        }
        f()
    })
}
