//! caught by: a_clone_is_the_same_context (failed)
//! idea: A clone is a context of its own, made from the original.

use std::future::{Future, pending};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use tokio::select;
use tokio::time::{Instant, sleep_until};
use tokio_util::sync::CancellationToken;

use crate::given::CtxError;

pub struct Context {
    parent: Option<Arc<Context>>,
    token: CancellationToken,
    deadline: Option<Instant>,
    cause: Arc<OnceLock<CtxError>>,
}

impl Context {
    pub fn background() -> Self {
        Self { parent: None, token: CancellationToken::new(), deadline: None, cause: Arc::default() }
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
        Context { deadline, ..self.clone() }
    }

    pub fn cancel(&self) {
        if self.err().is_none() {
            let _ = self.cause.set(CtxError::Cancelled);
            self.token.cancel();
        }
    }

    pub fn deadline(&self) -> Option<Instant> {
        self.deadline
    }

    pub fn err(&self) -> Option<CtxError> {
        if let Some(cause) = self.cause.get() {
            return Some(*cause);
        }
        let cause = match self.parent.as_ref().and_then(|parent| parent.err()) {
            Some(cause) => Some(cause),
            None if self.deadline.is_some_and(|at| at <= Instant::now()) => Some(CtxError::DeadlineExceeded),
            None => None,
        };
        cause.map(|cause| *self.cause.get_or_init(|| cause))
    }

    pub async fn done(&self) -> CtxError {
        let deadline = self.deadline;
        let time_is_up = async {
            match deadline {
                Some(at) => sleep_until(at).await,
                None => pending().await,
            }
        };
        select! {
            () = self.token.cancelled() => {}
            () = time_is_up => {}
        }
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

impl Clone for Context {
    fn clone(&self) -> Self {
        Self {
            parent: Some(Arc::new(Self {
                token: self.token.clone(),
                cause: self.cause.clone(),
                parent: self.parent.clone(),
                deadline: self.deadline,
            })),
            token: self.token.child_token(),
            deadline: self.deadline,
            cause: Arc::default(),
        }
    }
}
