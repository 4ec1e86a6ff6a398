//! right: a version number and a list of wakers of its own; every poll renews the waker.

use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Mutex, MutexGuard};
use std::task::{Context, Poll, Waker};

#[derive(Default)]
pub struct Signal {
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    version: u64,
    next_key: u64,
    waiting: BTreeMap<u64, Waker>,
}

impl Signal {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn notify(&self) {
        let mut state = self.state();
        state.version += 1;
        let waiting = std::mem::take(&mut state.waiting);
        drop(state);
        waiting.into_values().for_each(Waker::wake);
    }

    pub async fn wait_until<F>(&self, mut cond: F)
    where
        F: FnMut() -> bool,
    {
        loop {
            let since = self.state().version;
            if cond() {
                return;
            }
            Change { signal: self, since, key: None }.await;
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().expect("nothing panics while it holds this lock")
    }
}

struct Change<'a> {
    signal: &'a Signal,
    since: u64,
    key: Option<u64>,
}

impl Future for Change<'_> {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let mut state = self.signal.state();
        if state.version != self.since {
            return Poll::Ready(());
        }
        let key = self.key.unwrap_or_else(|| {
            state.next_key += 1;
            state.next_key
        });
        state.waiting.insert(key, context.waker().clone());
        drop(state);
        self.key = Some(key);
        Poll::Pending
    }
}

impl Drop for Change<'_> {
    fn drop(&mut self) {
        if let Some(key) = self.key {
            self.signal.state().waiting.remove(&key);
        }
    }
}
