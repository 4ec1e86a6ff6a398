//! caught by: the_condition_may_call_notify (deadlocked)
//! idea: As with a `Condvar`, checking and getting in line happen under one lock, so nothing is lost.

use std::future::poll_fn;
use std::sync::Mutex;
use std::task::{Poll, Waker};

#[derive(Default)]
pub struct Signal {
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    version: u64,
    waiting: Vec<Waker>,
}

impl Signal {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn notify(&self) {
        let mut state = self.state.lock().unwrap();
        state.version += 1;
        for waker in state.waiting.drain(..) {
            waker.wake();
        }
    }

    pub async fn wait_until<F>(&self, mut cond: F)
    where
        F: FnMut() -> bool,
    {
        let mut checked = None;
        poll_fn(|context| {
            let mut state = self.state.lock().unwrap();
            if checked != Some(state.version) {
                checked = Some(state.version);
                if cond() {
                    return Poll::Ready(());
                }
            }
            state.waiting.push(context.waker().clone());
            Poll::Pending
        })
        .await
    }
}
