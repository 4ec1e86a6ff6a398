//! # `mini-context`: Go's `context.Context` in forty lines
//!
//! A `Context` says how long the work of one request may go on. Contexts form a tree: a child ends with its parent, or
//! before it, because it was cancelled or because its own deadline came first.
//!
//! ```rust,ignore
//! let request = server.with_timeout(Duration::from_secs(2));
//! let lookup = request.with_timeout(Duration::from_millis(300)); // never outlasts the request
//! match lookup.run(cache.get(&key)).await {
//!     Ok(page) => println!("{page}"),
//!     Err(CtxError::DeadlineExceeded) => println!("the cache is slow today"),
//!     Err(CtxError::Cancelled) => println!("nobody wants it any more"),
//! }
//! ```
//!
//! # The contract
//!
//! All of this is used inside a tokio runtime, and time is tokio's: `tokio::time::Instant`.
//!
//! The tree
//!
//! - **Down, never up.** `cancel` ends a context and all its descendants, on every level. Parent and siblings live on,
//!   and so does every other tree: each `background()` is the root of its own. A child made from a finished context is
//!   finished, too, with the same cause.
//! - **Clones.** A clone is the same context, not a child.
//! - **Drop.** Dropping cancels nothing: no handle, no child, no future of `done` or `run`. If the handle of a context
//!   in the middle is dropped, what is above it still reaches what is below it, and its deadline still holds.
//!
//! Deadlines
//!
//! - **Shrinking.** `deadline()` is the earliest deadline on the way to the root, and that is when the context ends.
//!   `None`: no deadline on the way.
//! - **No time at all.** A deadline in the past, or a timeout of zero, ends the context at once.
//! - **Endless time.** A timeout of `Duration::MAX` does not panic. `deadline()` may then be `None` or far away, unless
//!   an ancestor has a deadline.
//!
//! The end
//!
//! - **Cause.** `err()` is `None` while the context lives. Then it says why it ended, also if nobody has waited for
//!   that.
//! - **The first cause stands**, whatever comes later: a cancelled context has been cancelled, also when its deadline
//!   passes; a context whose time was up stays so, also when it or its parent is cancelled.
//! - **Waiting.** `done()` completes at the instant of the first cause and reports it, to everybody who waits. On a
//!   finished context it completes at once. It does not look again and again.
//! - **Running.** `run(fut)` gives the output of `fut`, and the context lives on. If the context ends first, `fut` is
//!   dropped at that instant, and `run` reports the cause. On a finished context `fut` is not polled at all.
//! - **Threads.** A `Context` is `Send + Sync`; the future of `done` is `Send`, and that of `run` if `fut` and its
//!   output are.
//! - **Nothing is left** of a context when its last handle is gone; no task stays for ever.
//!
//! Left open: which of two causes counts that come at the same instant; what the child of a cancelled parent reports if
//! its own deadline has also passed and nobody has asked it before.

use std::future::Future;
use std::time::Duration;

use tokio::time::Instant;

use crate::given::CtxError;

/// How long some work may go on: until it is cancelled, or until its deadline.
#[derive(Clone)]
pub struct Context {
    // own the ends: what do clones share, and what does a child keep of its parent?
}

impl Context {
    /// The root of a tree: no deadline, and nobody above it.
    pub fn background() -> Self {
        todo!("make a context without a parent")
    }

    /// A child.
    pub fn with_cancel(&self) -> Context {
        todo!("make a child of this context")
    }

    /// A child that lives for `limit`, if nothing ends it before.
    pub fn with_timeout(&self, limit: Duration) -> Context {
        let _ = limit;
        todo!("make a child with a deadline; what if `limit` is too long for an `Instant`?")
    }

    /// A child that lives until `at`, if nothing ends it before.
    pub fn with_deadline(&self, at: Instant) -> Context {
        let _ = at;
        todo!("make a child with the earlier one of two deadlines")
    }

    /// Ends this context and all its descendants. Does nothing to a context that has ended.
    pub fn cancel(&self) {
        todo!("write down that this context was cancelled, and tell everybody who waits")
    }

    /// When this context ends at the latest.
    pub fn deadline(&self) -> Option<Instant> {
        todo!("say the earliest deadline on the way to the root")
    }

    /// Why this context has ended; `None` while it lives.
    pub fn err(&self) -> Option<CtxError> {
        todo!("say which came first, if any: a cancellation, here or above, or the deadline")
    }

    /// Completes when this context ends, and says why.
    pub async fn done(&self) -> CtxError {
        todo!("wait for whichever comes first, then say what it was")
    }

    /// Runs `fut` for as long as this context lives.
    ///
    /// # Errors
    ///
    /// The cause, if the context ends before `fut` does.
    pub async fn run<F: Future>(&self, fut: F) -> Result<F::Output, CtxError> {
        let _ = (self, fut);
        todo!("poll `fut`, unless this context has ended, until it does")
    }
}
