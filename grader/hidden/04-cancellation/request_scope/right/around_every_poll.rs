//! right: a future of its own puts the id into a thread-local around each poll; a guard takes it out again.

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

/// Always polled with the same request, or always with none.
struct InScope<F> {
    id: Option<RequestId>,
    fut: Pin<Box<F>>,
}

impl<F: Future> Future for InScope<F> {
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<F::Output> {
        let _restore = enter(self.id.clone());
        self.fut.as_mut().poll(context)
    }
}

pub async fn with_request<F: Future>(id: RequestId, fut: F) -> F::Output {
    InScope { id: Some(id), fut: Box::pin(fut) }.await
}

pub fn current_request() -> Option<RequestId> {
    CURRENT.with_borrow(Clone::clone)
}

pub fn spawn_in_scope<F>(fut: F) -> JoinHandle<F::Output>
where
    F: Future + Send + 'static,
    F::Output: Send + 'static,
{
    tokio::spawn(InScope { id: current_request(), fut: Box::pin(fut) })
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
