//! caught by: polling_the_future_is_no_reason_to_check (failed)
//! idea: A future is polled when there is news, so every poll is a reason to look.

use std::future::poll_fn;
use std::sync::Mutex;
use std::task::{Poll, Waker};

#[derive(Default)]
pub struct Signal {
    waiting: Mutex<Vec<Waker>>,
}

impl Signal {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn notify(&self) {
        let waiting = std::mem::take(&mut *self.waiting.lock().unwrap());
        for waker in waiting {
            waker.wake();
        }
    }

    pub async fn wait_until<F>(&self, mut cond: F)
    where
        F: FnMut() -> bool,
    {
        poll_fn(|context| {
            self.waiting.lock().unwrap().push(context.waker().clone());
            if cond() { Poll::Ready(()) } else { Poll::Pending }
        })
        .await
    }
}
