//! caught by: a_task_keeps_the_id_it_was_spawned_with (failed)
//! idea: A request and its tasks share one context, in which the id is stored.

use std::future::Future;
use std::sync::{Arc, Mutex};

use tokio::task::JoinHandle;
use tokio::task_local;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestId(pub String);

type Shared = Arc<Mutex<RequestId>>;

task_local! {
    static CONTEXT: Shared;
}

/// Takes the shared id back to what it was.
struct Restore(Shared, Option<RequestId>);

impl Drop for Restore {
    fn drop(&mut self) {
        *self.0.lock().unwrap() = self.1.take().unwrap();
    }
}

pub async fn with_request<F: Future>(id: RequestId, fut: F) -> F::Output {
    match CONTEXT.try_with(Arc::clone) {
        Ok(context) => {
            let before = std::mem::replace(&mut *context.lock().unwrap(), id);
            let _restore = Restore(context.clone(), Some(before));
            fut.await
        }
        Err(_) => CONTEXT.scope(Arc::new(Mutex::new(id)), fut).await,
    }
}

pub fn current_request() -> Option<RequestId> {
    CONTEXT.try_with(|context| context.lock().unwrap().clone()).ok()
}

pub fn spawn_in_scope<F>(fut: F) -> JoinHandle<F::Output>
where
    F: Future + Send + 'static,
    F::Output: Send + 'static,
{
    match CONTEXT.try_with(Arc::clone) {
        Ok(context) => tokio::spawn(CONTEXT.scope(context, fut)),
        Err(_) => tokio::spawn(fut),
    }
}

pub fn spawn_blocking_in_scope<F, R>(f: F) -> JoinHandle<R>
where
    F: FnOnce() -> R + Send + 'static,
    R: Send + 'static,
{
    let context = CONTEXT.try_with(Arc::clone);
    tokio::task::spawn_blocking(move || match context {
        Ok(context) => CONTEXT.sync_scope(context, f),
        Err(_) => f(),
    })
}
