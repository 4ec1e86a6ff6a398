//! # `context-cancellation`: stop when told, or when time is up
//!
//! `process_with_timeout(token, limit, items, step)` takes one item after the other through an async `step` and gives
//! back what the steps returned. When the token is cancelled, or when `limit` has passed, it ends at that very moment.
//!
//! ```rust,ignore
//! match process_with_timeout(&token, Duration::from_secs(2), urls, |url| download(url)).await {
//!     Ok(pages) => println!("all {} pages", pages.len()),
//!     Err(CtxError::Cancelled) => println!("somebody said stop"),
//!     Err(CtxError::DeadlineExceeded) => println!("two seconds are over"),
//! }
//! ```
//!
//! # The contract
//!
//! - **In turn.** Steps run one after the other, in the order of the items. A step starts when `step` is called; the
//!   next one starts when the one before has ended. If all of them end in time: `Ok` with their results, in order.
//! - **Cancelled.** `Err(Cancelled)`, at the instant at which the token is cancelled. The running step is not waited
//!   for.
//! - **Limit.** `Err(DeadlineExceeded)`, at the instant at which `limit` has passed since the future was first polled.
//!   It is one limit for all steps together, however they share it. Time is tokio's: `tokio::time::Instant`.
//! - **No further step.** In both cases the future of the running step is dropped, and no other step starts. Some steps
//!   keep the thread to themselves and hardly ever wait. Nothing can interrupt these. So look at the token and the
//!   limit before every step.
//! - **Too late.** If the token has been cancelled before the start, no step starts at all: `Err(Cancelled)`, also with
//!   no items.
//! - **Edges.** No items: `Ok` with an empty vector. `Duration::MAX` is a limit that never comes, and no panic.
//! - **Somebody else's token.** This function looks at the token. It never cancels it, however it ends.
//! - **Dropped.** When the future is dropped, the running step goes with it. No task is left.
//! - **Waiting costs nothing.** While a step waits, the future waits too. It does not look again and again.
//!
//! Left open: which of two things wins that are due at the same instant (with items, a limit of zero is such a case);
//! what comes of a last step that ends late without ever having waited; what else happens when a step panics.

use std::future::Future;
use std::time::Duration;

use tokio_util::sync::CancellationToken;

/// Why a call ended early.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CtxError {
    /// Its token was cancelled.
    Cancelled,
    /// Its time was up.
    DeadlineExceeded,
}

/// Runs `step` on one item after the other and returns the results in order.
///
/// # Errors
///
/// [`CtxError::Cancelled`] as soon as `token` is cancelled, [`CtxError::DeadlineExceeded`] as soon as `limit` is over.
pub async fn process_with_timeout<T, R, F, Fut>(
    token: &CancellationToken,
    limit: Duration,
    items: Vec<T>,
    step: F,
) -> Result<Vec<R>, CtxError>
where
    F: FnMut(T) -> Fut,
    Fut: Future<Output = R>,
{
    // bound: one deadline for all steps
    // run: what has to be looked at before a step, and what while it runs?
    // stop
    let _ = (token, limit, step);
    todo!("take {} items through `step`, until the token or the clock says stop", items.len())
}
