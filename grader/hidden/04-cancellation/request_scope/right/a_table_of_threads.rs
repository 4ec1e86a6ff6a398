//! right: a global table says for every thread whom it is polling at the moment, as a stack.

use std::collections::HashMap;
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::sync::{LazyLock, Mutex, MutexGuard};
use std::thread::{self, ThreadId};

use tokio::task::JoinHandle;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestId(pub String);

static POLLING: LazyLock<Mutex<HashMap<ThreadId, Vec<RequestId>>>> = LazyLock::new(Mutex::default);

fn polling() -> MutexGuard<'static, HashMap<ThreadId, Vec<RequestId>>> {
    POLLING.lock().expect("nothing panics while it holds this lock")
}

/// On the stack of its thread as long as it lives; never alive across an await.
struct Turn;

impl Turn {
    fn begin(id: RequestId) -> Self {
        polling().entry(thread::current().id()).or_default().push(id);
        Self
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        let mut polling = polling();
        let here = thread::current().id();
        if let Some(stack) = polling.get_mut(&here) {
            stack.pop();
            if stack.is_empty() {
                polling.remove(&here);
            }
        }
    }
}

pub async fn with_request<F: Future>(id: RequestId, fut: F) -> F::Output {
    let mut fut = pin!(fut);
    poll_fn(|context| {
        let _turn = Turn::begin(id.clone());
        fut.as_mut().poll(context)
    })
    .await
}

pub fn current_request() -> Option<RequestId> {
    polling().get(&thread::current().id())?.last().cloned()
}

pub fn spawn_in_scope<F>(fut: F) -> JoinHandle<F::Output>
where
    F: Future + Send + 'static,
    F::Output: Send + 'static,
{
    let id = current_request();
    tokio::spawn(async move {
        match id {
            Some(id) => with_request(id, fut).await,
            None => fut.await,
        }
    })
}

pub fn spawn_blocking_in_scope<F, R>(f: F) -> JoinHandle<R>
where
    F: FnOnce() -> R + Send + 'static,
    R: Send + 'static,
{
    let id = current_request();
    tokio::task::spawn_blocking(move || {
        let _turn = id.map(Turn::begin);
        f()
    })
}
