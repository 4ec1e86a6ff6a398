//! The body of an async test, as the runner sees it: polled when it was woken, counted, and open to inspection.

use std::any::Any;
use std::future::{Future, poll_fn};
use std::panic::AssertUnwindSafe;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, Wake, Waker};

use futures::FutureExt;
use futures::task::AtomicWaker;
use protocol::Waiting;

use super::{hang, waits};

/// What a test's attribute makes of an `async fn`.
pub type MakeBody = fn() -> Pin<Box<dyn Future<Output = ()>>>;

/// How a body ends: by itself or in a panic.
pub type Outcome = Result<(), Box<dyn Any + Send>>;

/// A body. Once it has ended it is pending for ever.
pub struct Body {
    future: Pin<Box<dyn Future<Output = Outcome>>>,
    alarm: Arc<Alarm>,
    ended: bool,
}

/// Remembers that the body was woken. Without it the body would be polled, and counted, whenever anything beside
/// it in the same task is.
struct Alarm {
    rung: AtomicBool,
    task: AtomicWaker,
}

impl Wake for Alarm {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        self.rung.store(true, Ordering::Release);
        self.task.wake();
    }
}

impl Body {
    /// A body that has not begun.
    pub fn new(make: MakeBody) -> Self {
        let alarm = Alarm { rung: AtomicBool::new(true), task: AtomicWaker::new() };
        // The call is made inside, so that a panic in it is caught, too.
        let future = AssertUnwindSafe(async move { make().await }).catch_unwind();
        Self { future: Box::pin(future), alarm: Arc::new(alarm), ended: false }
    }

    /// Where the body waits.
    pub async fn waits(&mut self) -> Vec<Waiting> {
        if self.ended {
            return Vec::new();
        }
        poll_fn(|context| {
            self.alarm.task.register(context.waker());
            let waker = Waker::from(self.alarm.clone());
            Poll::Ready(waits::of_test(&waker, |context| self.ended |= self.future.as_mut().poll(context).is_ready()))
        })
        .await
    }
}

impl Future for Body {
    type Output = Outcome;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Outcome> {
        self.alarm.task.register(context.waker());
        if self.ended || !self.alarm.rung.swap(false, Ordering::Acquire) {
            return Poll::Pending;
        }
        hang::count_poll();
        let waker = Waker::from(self.alarm.clone());
        let outcome = self.future.as_mut().poll(&mut Context::from_waker(&waker));
        self.ended = outcome.is_ready();
        outcome
    }
}
