//! caught by: requests_are_under_way_at_the_same_time (failed)
//! idea: As long as only one request runs at a time, a global variable is enough.

use std::future::Future;
use std::sync::Mutex;

use tokio::task::JoinHandle;
use tokio::task_local;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestId(pub String);

static CURRENT: Mutex<Option<RequestId>> = Mutex::new(None);
static ONE_AT_A_TIME: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());

task_local! {
    static INSIDE: ();
}

pub async fn with_request<F: Future>(id: RequestId, fut: F) -> F::Output {
    let outermost = INSIDE.try_with(|()| ()).is_err();
    let _turn = if outermost { Some(ONE_AT_A_TIME.lock().await) } else { None };
    let before = CURRENT.lock().unwrap().replace(id);
    let output = INSIDE.scope((), fut).await;
    *CURRENT.lock().unwrap() = before;
    output
}

pub fn current_request() -> Option<RequestId> {
    INSIDE.try_with(|()| CURRENT.lock().unwrap().clone()).ok().flatten()
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
    let inside = current_request().is_some();
    tokio::task::spawn_blocking(move || if inside { INSIDE.sync_scope((), f) } else { f() })
}
