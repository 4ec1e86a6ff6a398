//! caught by: a_scope_begins_with_its_first_poll_and_ends_with_its_future (failed)
//! idea: A request begins when `with_request` is called.

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

pub fn with_request<F: Future>(id: RequestId, fut: F) -> impl Future<Output = F::Output> {
    CURRENT.set(Some(id.clone()));
    async move {
        let mut fut = pin!(fut);
        let output = poll_fn(|context| {
            let _restore = enter(Some(id.clone()));
            fut.as_mut().poll(context)
        })
        .await;
        CURRENT.set(None);
        output
    }
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
        let _restore = enter(id);
        f()
    })
}
