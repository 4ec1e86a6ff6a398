//! caught by: a_waiter_may_move_to_another_task (failed)
//! idea: A future gets its waker at the first poll; one entry per wait is enough.

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
        loop {
            let since = self.state.lock().unwrap().version;
            if cond() {
                return;
            }
            let mut in_line = false;
            poll_fn(|context| {
                let mut state = self.state.lock().unwrap();
                if state.version != since {
                    return Poll::Ready(());
                }
                if !in_line {
                    state.waiting.push(context.waker().clone());
                    in_line = true;
                }
                Poll::Pending
            })
            .await;
        }
    }
}
