//! caught by: requests_joined_in_one_task_never_mix (failed)
//! idea: Scopes nest, so a stack per thread knows the innermost one.

use std::cell::RefCell;
use std::future::Future;

use tokio::task::JoinHandle;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestId(pub String);

thread_local! {
    static SCOPES: RefCell<Vec<RequestId>> = const { RefCell::new(Vec::new()) };
}

struct Scope;

impl Scope {
    fn enter(id: RequestId) -> Self {
        SCOPES.with_borrow_mut(|scopes| scopes.push(id));
        Self
    }
}

impl Drop for Scope {
    fn drop(&mut self) {
        SCOPES.with_borrow_mut(|scopes| scopes.pop());
    }
}

pub async fn with_request<F: Future>(id: RequestId, fut: F) -> F::Output {
    let _scope = Scope::enter(id);
    fut.await
}

pub fn current_request() -> Option<RequestId> {
    SCOPES.with_borrow(|scopes| scopes.last().cloned())
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
        let _scope = id.map(Scope::enter);
        f()
    })
}
