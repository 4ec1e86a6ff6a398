//! # `request-scope`: request-scoped values
//!
//! Which request is this line of the log about? `with_request` puts an id around a future, and whatever runs inside
//! can ask for it, without a parameter in every function on the way.
//!
//! ```rust,ignore
//! async fn serve(request: Request) -> Response {
//!     with_request(RequestId(request.header("x-request-id")), answer(request)).await
//! }
//!
//! // Somewhere far below `answer`:
//! println!("[{:?}] cache miss", current_request());
//! spawn_in_scope(refill_the_cache()); // its lines carry the id, too
//! ```
//!
//! # The contract
//!
//! The scope
//!
//! - **Inside.** While `with_request(id, fut)` is awaited, `current_request()` is `Some(id)` in `fut` and in everything
//!   that `fut` calls or awaits, before and after any `.await`, on whichever thread it is polled. The output of `fut` is
//!   the output of `with_request`. Every text is an id, the empty one, too.
//! - **Outside.** Everywhere else `current_request()` is `None`: before the future is first polled, between two polls,
//!   after its end; in other tasks, on other threads, without any runtime. It never panics.
//! - **Nesting.** An inner scope shadows the outer one; when it has ended, the outer id is back.
//! - **Side by side.** Any number of requests may be under way at the same time, and none sees another's id, also when
//!   they take turns on one thread: as two tasks, or in one task with `join!` and its kin. Where a scope's future was
//!   made or first polled does not matter; when it gives way, whoever polled it has the id that it had before.
//! - **Panic.** A panic in `fut` passes through `with_request`. Afterwards everything is as after a normal end: the outer
//!   id is back, or there is none.
//! - **Cancellation.** A scope may be dropped half-way; that changes nothing for anybody else. What values see that are
//!   dropped along with `fut` is up to you.
//! - **Any future.** `fut` may borrow and need not be `Send`. If it is `Send`, so is the future of `with_request`: a
//!   server spawns it.
//!
//! The helpers
//!
//! - **A task.** `spawn_in_scope` is `tokio::spawn`, with the id of the caller: `fut` runs as if it stood in a
//!   `with_request` of its own, with the id that was current when the task was spawned, however long it outlives that
//!   scope and whatever the caller does next. Inside, scopes nest and tasks are spawned as anywhere. The handle is that
//!   of the task: it yields the output, reports a panic, and `abort` drops `fut`. Dropped, it leaves the task running.
//! - **Blocking work.** `spawn_blocking_in_scope` is the same for `tokio::task::spawn_blocking`: `f` runs on a thread
//!   for blocking work, with the id of the caller. When it has returned or panicked, that thread has no id any more;
//!   others will use it.
//! - **No request.** Outside any request both helpers work, and `current_request()` is `None` in what they start.
//! - **Nobody else.** A plain `tokio::spawn` or `spawn_blocking` does not carry the id over.

use std::future::Future;

use tokio::task::JoinHandle;

/// The id of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestId(pub String);

/// Runs `fut` with `id` as its current request.
pub async fn with_request<F: Future>(id: RequestId, fut: F) -> F::Output {
    // run: `fut` is polled many times, and others have their turn in between. When is `id` current?
    // stop: how many ways are there to leave a scope?
    let _ = (id, fut);
    todo!("run `fut` so that `current_request()` is `id` whenever `fut` is polled, and only then")
}

/// The id of the request that the caller works for; `None` outside any request.
pub fn current_request() -> Option<RequestId> {
    todo!("look up the current request")
}

/// [`tokio::spawn`], with the caller's request.
pub fn spawn_in_scope<F>(fut: F) -> JoinHandle<F::Output>
where
    F: Future + Send + 'static,
    F::Output: Send + 'static,
{
    // own the ends: which side of the `spawn` is the last that knows the id?
    let _ = (fut,);
    todo!("take the id along into a new task")
}

/// [`tokio::task::spawn_blocking`], with the caller's request.
pub fn spawn_blocking_in_scope<F, R>(f: F) -> JoinHandle<R>
where
    F: FnOnce() -> R + Send + 'static,
    R: Send + 'static,
{
    let _ = f;
    todo!("take the id along to a thread for blocking work")
}
