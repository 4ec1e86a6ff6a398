//! right: a task for every context waits for its parent and its deadline; it goes with the last handle.

use std::future::{Future, pending};
use std::sync::Arc;
use std::time::Duration;

use tokio::select;
use tokio::sync::watch;
use tokio::time::{Instant, sleep_until};
use tokio_util::task::AbortOnDropHandle;

use crate::given::CtxError;

#[derive(Clone)]
pub struct Context {
    cause: Arc<watch::Sender<Option<CtxError>>>,
    deadline: Option<Instant>,
    /// The own task, and those of all above: without them nothing would come down the tree.
    _tasks: Vec<Arc<AbortOnDropHandle<()>>>,
}

impl Context {
    pub fn background() -> Self {
        Self { cause: Arc::new(watch::Sender::new(None)), deadline: None, _tasks: Vec::new() }
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
        let late = deadline.is_some_and(|at| at <= Instant::now());
        let cause = Arc::new(watch::Sender::new(self.err().or(late.then_some(CtxError::DeadlineExceeded))));
        let (own, mut parent) = (cause.clone(), self.cause.subscribe());
        let task = AbortOnDropHandle::new(tokio::spawn(async move {
            let above = async {
                match parent.wait_for(Option::is_some).await.map(|cause| *cause) {
                    Ok(Some(cause)) => cause,
                    _ => pending().await,
                }
            };
            let time_is_up = async {
                match deadline {
                    Some(at) => sleep_until(at).await,
                    None => pending().await,
                }
            };
            let cause = select! {
                cause = above => cause,
                () = time_is_up => CtxError::DeadlineExceeded,
            };
            end(&own, cause);
        }));
        let mut tasks = self._tasks.clone();
        tasks.push(Arc::new(task));
        Context { cause, deadline, _tasks: tasks }
    }

    pub fn cancel(&self) {
        end(&self.cause, CtxError::Cancelled);
    }

    pub fn deadline(&self) -> Option<Instant> {
        self.deadline
    }

    pub fn err(&self) -> Option<CtxError> {
        *self.cause.borrow()
    }

    pub async fn done(&self) -> CtxError {
        let mut cause = self.cause.subscribe();
        let cause = cause.wait_for(Option::is_some).await.expect("this context has the sender");
        cause.expect("that is what was waited for")
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

/// The first cause stands.
fn end(slot: &watch::Sender<Option<CtxError>>, cause: CtxError) {
    slot.send_if_modified(|slot| slot.is_none() && slot.replace(cause).is_none());
}
