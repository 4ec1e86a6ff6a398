//! caught by: a_request_keeps_its_id_on_another_thread (failed)
//! idea: A request stays on the thread where it began.

use std::collections::HashMap;
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::sync::{LazyLock, Mutex};
use std::thread::{self, ThreadId};

use tokio::task::JoinHandle;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestId(pub String);

static CURRENT: LazyLock<Mutex<HashMap<ThreadId, RequestId>>> = LazyLock::new(Mutex::default);

/// Puts back what stood there before.
struct Restore(ThreadId, Option<RequestId>);

impl Drop for Restore {
    fn drop(&mut self) {
        set(self.0, self.1.take());
    }
}

fn set(thread: ThreadId, id: Option<RequestId>) -> Option<RequestId> {
    let mut current = CURRENT.lock().unwrap();
    match id {
        Some(id) => current.insert(thread, id),
        None => current.remove(&thread),
    }
}

pub async fn with_request<F: Future>(id: RequestId, fut: F) -> F::Output {
    let thread = thread::current().id();
    let mut fut = pin!(fut);
    poll_fn(|context| {
        let _restore = Restore(thread, set(thread, Some(id.clone())));
        fut.as_mut().poll(context)
    })
    .await
}

pub fn current_request() -> Option<RequestId> {
    CURRENT.lock().unwrap().get(&thread::current().id()).cloned()
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
        let thread = thread::current().id();
        let _restore = Restore(thread, set(thread, id));
        f()
    })
}
