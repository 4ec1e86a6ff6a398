//! caught by: a_waiter_dropped_while_it_waits_disturbs_nobody (failed)
//! idea: A waiter knows its number in the list, so it can take its entry out when it leaves.

use std::future::Future;
use std::pin::Pin;
use std::sync::Mutex;
use std::task::{Context, Poll, Waker};

#[derive(Default)]
pub struct Signal {
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    version: u64,
    waiting: Vec<Waker>,
}

struct Changed<'a> {
    signal: &'a Signal,
    since: u64,
    number: Option<usize>,
}

impl Future for Changed<'_> {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let mut state = self.signal.state.lock().unwrap();
        if state.version != self.since {
            self.number = None;
            return Poll::Ready(());
        }
        match self.number.filter(|number| *number < state.waiting.len()) {
            Some(number) => state.waiting[number] = context.waker().clone(),
            None => {
                state.waiting.push(context.waker().clone());
                self.number = Some(state.waiting.len() - 1);
            }
        }
        Poll::Pending
    }
}

impl Drop for Changed<'_> {
    fn drop(&mut self) {
        let mut state = self.signal.state.lock().unwrap();
        if let Some(number) = self.number.filter(|number| *number < state.waiting.len()) {
            state.waiting.remove(number);
        }
    }
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
            Changed { signal: self, since, number: None }.await;
        }
    }
}
