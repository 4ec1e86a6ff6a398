//! right: no guards: panics are caught, the id is put back by hand, and the panic goes on; the future stays in its scope until its end.

use std::cell::RefCell;
use std::future::{Future, poll_fn};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::rc::Rc;

use tokio::task::JoinHandle;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestId(pub String);

thread_local! {
    static CURRENT: RefCell<Option<Rc<RequestId>>> = const { RefCell::new(None) };
}

fn entered<R>(id: Option<RequestId>, call: impl FnOnce() -> R) -> R {
    let before = CURRENT.replace(id.map(Rc::new));
    let result = catch_unwind(AssertUnwindSafe(call));
    CURRENT.set(before);
    result.unwrap_or_else(|payload| resume_unwind(payload))
}

async fn with_or_without<F: Future>(id: Option<RequestId>, fut: F) -> F::Output {
    let mut fut = Some(Box::pin(fut));
    poll_fn(|context| {
        entered(id.clone(), || {
            let poll = fut.as_mut().expect("polled to its end only").as_mut().poll(context);
            if poll.is_ready() {
                fut = None;
            }
            poll
        })
    })
    .await
}

pub async fn with_request<F: Future>(id: RequestId, fut: F) -> F::Output {
    with_or_without(Some(id), fut).await
}

pub fn current_request() -> Option<RequestId> {
    CURRENT.with_borrow(|id| id.as_deref().cloned())
}

pub fn spawn_in_scope<F>(fut: F) -> JoinHandle<F::Output>
where
    F: Future + Send + 'static,
    F::Output: Send + 'static,
{
    tokio::spawn(with_or_without(current_request(), fut))
}

pub fn spawn_blocking_in_scope<F, R>(f: F) -> JoinHandle<R>
where
    F: FnOnce() -> R + Send + 'static,
    R: Send + 'static,
{
    let id = current_request();
    tokio::task::spawn_blocking(move || entered(id, f))
}
