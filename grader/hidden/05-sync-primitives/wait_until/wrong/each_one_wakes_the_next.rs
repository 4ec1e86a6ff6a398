//! caught by: a_waiter_dropped_after_it_was_woken_disturbs_nobody (failed)
//! idea: It is enough to wake the first one: each that comes back wakes the next.

use std::collections::VecDeque;
use std::sync::Mutex;

use tokio::sync::oneshot;

#[derive(Default)]
pub struct Signal {
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    waiting: VecDeque<oneshot::Sender<()>>,
    to_be_woken: VecDeque<oneshot::Sender<()>>,
}

impl Signal {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn notify(&self) {
        let mut state = self.state.lock().unwrap();
        let waiting = std::mem::take(&mut state.waiting);
        state.to_be_woken.extend(waiting);
        drop(state);
        self.wake_next();
    }

    fn wake_next(&self) {
        let mut state = self.state.lock().unwrap();
        while let Some(next) = state.to_be_woken.pop_front() {
            if next.send(()).is_ok() {
                return;
            }
        }
    }

    pub async fn wait_until<F>(&self, mut cond: F)
    where
        F: FnMut() -> bool,
    {
        loop {
            let (waker, woken) = oneshot::channel();
            self.state.lock().unwrap().waiting.push_back(waker);
            if cond() {
                self.wake_next();
                return;
            }
            let _ = woken.await;
            self.wake_next();
        }
    }
}
