//! # `mini-context`: Go's `context.Context` in forty lines
//!
//! - `cancel` ends a context and its descendants, never its parent or siblings. Clones are the same context. Dropping
//!   cancels nothing.
//! - Deadlines only shrink. One that is past or zero ends the context at once; `Duration::MAX` is none.
//! - `err` and `done` report the first cause, and it stands. `done` completes at that instant.
//! - `run` drops its future when the context ends, and does not poll it on a finished context.

use std::future::{Future, pending};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use tokio::select;
use tokio::time::{Instant, sleep_until};
use tokio_util::sync::CancellationToken;

use crate::given::CtxError;

/// How long some work may go on: until it is cancelled, or until its deadline.
#[derive(Clone)]
pub struct Context(Arc<Node>);

struct Node {
    /// Children own their parents, so the way to the root is there for as long as somebody may ask. A parent need not
    /// know its children: they look up, nobody looks down.
    parent: Option<Context>,
    /// The earliest on the way to the root. It never changes, so it can be worked out once, at birth.
    deadline: Option<Instant>,
    /// When `cancel` was called here. An instant and not a flag: whether it came before the deadline can then be told
    /// at any later time, and nobody needs to have been watching.
    cancelled_at: OnceLock<Instant>,
    /// Wakes those who wait, on all levels below. Why it was cancelled is not its business.
    alarm: CancellationToken,
}

impl Context {
    /// The root of a tree: no deadline, and nobody above it.
    pub fn background() -> Self {
        Self(Arc::new(Node {
            parent: None,
            deadline: None,
            cancelled_at: OnceLock::new(),
            alarm: CancellationToken::new(),
        }))
    }

    /// A child.
    pub fn with_cancel(&self) -> Context {
        self.child(self.deadline())
    }

    /// A child that lives for `limit`, if nothing ends it before.
    pub fn with_timeout(&self, limit: Duration) -> Context {
        match Instant::now().checked_add(limit) {
            Some(at) => self.with_deadline(at),
            // Later than any clock will ever show.
            None => self.with_cancel(),
        }
    }

    /// A child that lives until `at`, if nothing ends it before.
    pub fn with_deadline(&self, at: Instant) -> Context {
        self.child(Some(self.deadline().map_or(at, |inherited| inherited.min(at))))
    }

    fn child(&self, deadline: Option<Instant>) -> Context {
        // `child_token`, because a clone of the token would cancel the parent. No task watches the deadline: somebody
        // would have to end it again, and `err` can look at the clock.
        let alarm = self.0.alarm.child_token();
        Self(Arc::new(Node { parent: Some(self.clone()), deadline, cancelled_at: OnceLock::new(), alarm }))
    }

    /// Ends this context and all its descendants. Does nothing to a context that has ended.
    pub fn cancel(&self) {
        // The second call changes nothing. The instant is written first: who is woken finds it.
        self.0.cancelled_at.get_or_init(Instant::now);
        self.0.alarm.cancel();
    }

    /// When this context ends at the latest.
    pub fn deadline(&self) -> Option<Instant> {
        self.0.deadline
    }

    /// Why this context has ended; `None` while it lives.
    pub fn err(&self) -> Option<CtxError> {
        // Two instants decide, and neither changes once it has passed: the answer is worked out anew each time and is
        // always the same. With a flag the answer would depend on which of flag and clock is looked at first. Equal
        // instants count for the deadline, since a timeout of zero must end the context before anybody can cancel it.
        match (self.cancelled_at(), self.deadline()) {
            (Some(cancelled), deadline) if deadline.is_none_or(|at| cancelled < at) => Some(CtxError::Cancelled),
            (_, Some(at)) if at <= Instant::now() => Some(CtxError::DeadlineExceeded),
            _ => None,
        }
    }

    /// The first cancellation on the way to the root.
    fn cancelled_at(&self) -> Option<Instant> {
        let above = self.0.parent.as_ref().and_then(Context::cancelled_at);
        self.0.cancelled_at.get().copied().into_iter().chain(above).min()
    }

    /// Completes when this context ends, and says why.
    pub async fn done(&self) -> CtxError {
        let time_is_up = async {
            match self.deadline() {
                // Until an instant, not for a duration, which would count from this call on.
                Some(at) => sleep_until(at).await,
                None => pending().await,
            }
        };
        // Who wins does not matter: `err` knows which came first.
        select! {
            () = self.0.alarm.cancelled() => {}
            () = time_is_up => {}
        }
        self.err().expect("a context that was cancelled, or whose deadline has passed, has a cause")
    }

    /// Runs `fut` for as long as this context lives.
    ///
    /// # Errors
    ///
    /// The cause, if the context ends before `fut` does.
    pub async fn run<F: Future>(&self, fut: F) -> Result<F::Output, CtxError> {
        // Not left to `select!`: a timer whose time is past need not be ready the first time it is looked at.
        if let Some(cause) = self.err() {
            return Err(cause);
        }
        // `fut` is not spawned, so it is dropped with its branch.
        select! {
            biased;
            cause = self.done() => Err(cause),
            output = fut => Ok(output),
        }
    }
}
