//! # `request-scope`: request-scoped values
//!
//! - While `with_request(id, fut)` is awaited, `current_request()` is `id` in `fut` and in everything that it calls or
//!   awaits; everywhere else it is `None`, and never a panic.
//! - Inner scopes shadow and restore, also after a panic. Requests that take turns on one thread, as tasks or within one
//!   task, never see each other's id.
//! - The two helpers carry the id over, or nothing where there is none. A plain `tokio::spawn` does not.

use std::future::Future;

use tokio::task::JoinHandle;
use tokio::task_local;

/// The id of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestId(pub String);

// Not a `thread_local!` that is set at the beginning and reset at the end: while this request waits, the thread works
// for others, and they would see its id. A task-local is put in place before every poll of the scope's future and taken
// away after it, by a guard, so that a panic takes it away as well. And it has the scope's name only: two scopes that
// are joined in one task each have their own, which a table with the task's id as its key could not give them.
task_local! {
    static REQUEST: RequestId;
}

/// Runs `fut` with `id` as its current request.
pub async fn with_request<F: Future>(id: RequestId, fut: F) -> F::Output {
    REQUEST.scope(id, fut).await
}

/// The id of the request that the caller works for; `None` outside any request.
pub fn current_request() -> Option<RequestId> {
    // `get` and `with` panic outside any scope. A log line is no reason to bring a program down.
    REQUEST.try_with(RequestId::clone).ok()
}

/// [`tokio::spawn`], with the caller's request.
pub fn spawn_in_scope<F>(fut: F) -> JoinHandle<F::Output>
where
    F: Future + Send + 'static,
    F::Output: Send + 'static,
{
    // Asked here, by the caller. In an `async` block it would be the new task that asks, and it has no request yet.
    match current_request() {
        Some(id) => tokio::spawn(with_request(id, fut)),
        // Not a made-up id: "no request" is an answer, and code further down may rely on it.
        None => tokio::spawn(fut),
    }
}

/// [`tokio::task::spawn_blocking`], with the caller's request.
pub fn spawn_blocking_in_scope<F, R>(f: F) -> JoinHandle<R>
where
    F: FnOnce() -> R + Send + 'static,
    R: Send + 'static,
{
    let id = current_request();
    tokio::task::spawn_blocking(move || match id {
        // The counterpart of `scope` for code without awaits: one stretch in place of many polls. It cleans up after a
        // panic, too, which matters, because the thread goes back to a pool.
        Some(id) => REQUEST.sync_scope(id, f),
        None => f(),
    })
}
