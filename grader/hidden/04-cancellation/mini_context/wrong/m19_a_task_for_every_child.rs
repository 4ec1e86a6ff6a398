//! caught by: nothing_is_left_of_a_context (leaked)
//! idea: A small task for every child passes the cancellation on, and goes away by itself.

use std::future::Future;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use tokio::select;
use tokio::time::{Instant, sleep_until};
use tokio_util::sync::CancellationToken;

use crate::given::CtxError;

#[derive(Clone)]
pub struct Context {
    token: CancellationToken,
    deadline: Option<Instant>,
    cause: Arc<OnceLock<CtxError>>,
}

impl Context {
    pub fn background() -> Self {
        Self { token: CancellationToken::new(), deadline: None, cause: Arc::default() }
    }

    pub fn with_cancel(&self) -> Context {
        self.child(self.deadline)
    }

    pub fn with_timeout(&self, limit: Duration) -> Context {
        match Instant::now().checked_add(limit) {
            Some(at) => self.with_deadline(at),
            None => self.with_cancel(),
        }
    }

    pub fn with_deadline(&self, at: Instant) -> Context {
        self.child(Some(self.deadline.map_or(at, |other| other.min(at))))
    }

    fn child(&self, deadline: Option<Instant>) -> Context {
        let child = Context { token: CancellationToken::new(), deadline, cause: Arc::default() };
        let late = deadline.is_some_and(|at| at <= Instant::now());
        if let Some(cause) = self.err().or(late.then_some(CtxError::DeadlineExceeded)) {
            child.end(cause);
            return child;
        }
        // As `context.propagateCancel` does it: a goroutine that waits for the parent.
        let (parent, own) = (self.clone(), child.clone());
        tokio::spawn(async move {
            select! {
                cause = parent.done() => own.end(cause),
                () = own.time_is_up() => own.end(CtxError::DeadlineExceeded),
                () = own.token.cancelled() => {}
            }
        });
        child
    }

    fn end(&self, cause: CtxError) {
        let _ = self.cause.set(cause);
        self.token.cancel();
    }

    async fn time_is_up(&self) {
        match self.deadline {
            Some(at) => sleep_until(at).await,
            None => std::future::pending().await,
        }
    }

    pub fn cancel(&self) {
        self.end(CtxError::Cancelled);
    }

    pub fn deadline(&self) -> Option<Instant> {
        self.deadline
    }

    pub fn err(&self) -> Option<CtxError> {
        self.cause.get().copied()
    }

    pub async fn done(&self) -> CtxError {
        self.token.cancelled().await;
        self.err().expect("it has ended")
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
