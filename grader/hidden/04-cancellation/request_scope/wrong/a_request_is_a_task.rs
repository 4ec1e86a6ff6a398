//! caught by: requests_joined_in_one_task_never_mix (failed)
//! idea: A task serves one request, so the id of the task leads to it.

use std::collections::HashMap;
use std::future::Future;
use std::sync::Mutex;

use tokio::task::{self, JoinHandle};
use tokio::task_local;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestId(pub String);

static REQUESTS: Mutex<Option<HashMap<Option<task::Id>, RequestId>>> = Mutex::new(None);

task_local! {
    static BLOCKING: Option<RequestId>;
}

/// Takes the entry of this task back to what it was.
struct Entry {
    task: Option<task::Id>,
    before: Option<RequestId>,
}

impl Drop for Entry {
    fn drop(&mut self) {
        change(self.task, self.before.take());
    }
}

fn change(task: Option<task::Id>, id: Option<RequestId>) -> Option<RequestId> {
    let mut requests = REQUESTS.lock().unwrap();
    let requests = requests.get_or_insert_default();
    match id {
        Some(id) => requests.insert(task, id),
        None => requests.remove(&task),
    }
}

pub async fn with_request<F: Future>(id: RequestId, fut: F) -> F::Output {
    let task = task::try_id();
    let _entry = Entry { task, before: change(task, Some(id)) };
    fut.await
}

pub fn current_request() -> Option<RequestId> {
    if let Ok(id) = BLOCKING.try_with(Clone::clone) {
        return id;
    }
    REQUESTS.lock().unwrap().as_ref()?.get(&task::try_id()).cloned()
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
    task::spawn_blocking(move || BLOCKING.sync_scope(id, f))
}
