//! caught by: a_scope_dropped_half_way_leaves_nothing_behind (failed)
//! idea: A scope that is dropped before its end was interrupted by a panic, and has to tidy up.

use std::cell::RefCell;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use tokio::task::JoinHandle;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestId(pub String);

thread_local! {
    static CURRENT: RefCell<Option<RequestId>> = const { RefCell::new(None) };
}

struct InScope<F> {
    id: RequestId,
    before: Option<RequestId>,
    fut: Pin<Box<F>>,
    done: bool,
}

impl<F: Future> Future for InScope<F> {
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<F::Output> {
        self.before = CURRENT.replace(Some(self.id.clone()));
        let poll = self.fut.as_mut().poll(context);
        CURRENT.set(self.before.take());
        self.done = poll.is_ready();
        poll
    }
}

impl<F> Drop for InScope<F> {
    fn drop(&mut self) {
        if !self.done {
            CURRENT.set(self.before.take());
        }
    }
}

pub async fn with_request<F: Future>(id: RequestId, fut: F) -> F::Output {
    InScope { id, before: None, fut: Box::pin(fut), done: false }.await
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
    struct Restore(Option<RequestId>);
    impl Drop for Restore {
        fn drop(&mut self) {
            CURRENT.set(self.0.take());
        }
    }

    let id = current_request();
    tokio::task::spawn_blocking(move || {
        let _restore = Restore(CURRENT.replace(id));
        f()
    })
}
