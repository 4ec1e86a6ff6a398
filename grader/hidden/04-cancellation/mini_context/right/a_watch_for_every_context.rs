//! right: every context has a `watch` with its cause; who waits listens to all of them up to the root.

use std::future::{Future, pending};
use std::sync::Arc;
use std::time::Duration;

use futures::future::{BoxFuture, FutureExt};
use tokio::select;
use tokio::sync::watch;
use tokio::time::{Instant, sleep_until};

use crate::given::CtxError;

#[derive(Clone)]
pub struct Context(Arc<Node>);

struct Node {
    parent: Option<Context>,
    deadline: Option<Instant>,
    cause: watch::Sender<Option<CtxError>>,
}

impl Context {
    pub fn background() -> Self {
        Self(Arc::new(Node { parent: None, deadline: None, cause: watch::Sender::new(None) }))
    }

    pub fn with_cancel(&self) -> Context {
        self.child(self.0.deadline)
    }

    pub fn with_timeout(&self, limit: Duration) -> Context {
        match Instant::now().checked_add(limit) {
            Some(at) => self.with_deadline(at),
            None => self.with_cancel(),
        }
    }

    pub fn with_deadline(&self, at: Instant) -> Context {
        self.child(Some(self.0.deadline.map_or(at, |other| other.min(at))))
    }

    fn child(&self, deadline: Option<Instant>) -> Context {
        let cause = watch::Sender::new(self.err());
        Self(Arc::new(Node { parent: Some(self.clone()), deadline, cause }))
    }

    fn parent(&self) -> Option<Context> {
        self.0.parent.clone()
    }

    /// Writes a cause down, unless there is one.
    fn end(&self, cause: CtxError) -> CtxError {
        self.0.cause.send_if_modified(|slot| slot.is_none() && slot.replace(cause).is_none());
        self.0.cause.borrow().unwrap_or(cause)
    }

    pub fn cancel(&self) {
        if self.err().is_none() {
            self.end(CtxError::Cancelled);
        }
    }

    pub fn deadline(&self) -> Option<Instant> {
        self.0.deadline
    }

    pub fn err(&self) -> Option<CtxError> {
        let written = *self.0.cause.borrow();
        if written.is_some() {
            return written;
        }
        if let Some(cause) = self.parent().and_then(|parent| parent.err()) {
            return Some(self.end(cause));
        }
        let late = self.0.deadline.is_some_and(|at| at <= Instant::now());
        late.then(|| self.end(CtxError::DeadlineExceeded))
    }

    pub async fn done(&self) -> CtxError {
        let time_is_up = async {
            match self.0.deadline {
                Some(at) => sleep_until(at).await,
                None => pending().await,
            }
        };
        select! {
            () = self.told() => {}
            () = time_is_up => {}
        }
        self.err().expect("it has ended")
    }

    /// Completes when this context or one above it has a cause.
    fn told(&self) -> BoxFuture<'_, ()> {
        async move {
            let mut own = self.0.cause.subscribe();
            let above = async {
                match self.parent() {
                    Some(parent) => parent.told().await,
                    None => pending().await,
                }
            };
            select! {
                _ = own.wait_for(Option::is_some) => {}
                () = above => {}
            }
        }
        .boxed()
    }

    pub async fn run<F: Future>(&self, fut: F) -> Result<F::Output, CtxError> {
        if let Some(cause) = self.err() {
            return Err(cause);
        }
        select! {
            biased;
            cause = self.done() => Err(cause),
            output = fut => Ok(output),
        }
    }
}
