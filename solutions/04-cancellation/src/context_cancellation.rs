//! # `context-cancellation`: stop when told, or when time is up
//!
//! - Steps run one after the other; if all end in time, their results come in the order of the items.
//! - At the instant of cancellation, or when `limit` has passed since the first poll, the running step is dropped and
//!   the reason returned. No other step starts, also where steps never wait.
//! - A token cancelled before the start: no step at all, also with no items. The token is never cancelled by us.
//! - `Duration::MAX` is a limit that never comes.

use std::future::Future;
use std::time::Duration;

use tokio::time::{Instant, timeout_at};
use tokio_util::sync::CancellationToken;

/// Why a call ended early.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CtxError {
    /// Its token was cancelled.
    Cancelled,
    /// Its time was up.
    DeadlineExceeded,
}

/// Stands for "never": no clock gets that far. Adding `Duration::MAX` to an `Instant` would panic.
const THIRTY_YEARS: Duration = Duration::from_secs(30 * 365 * 24 * 3600);

/// Runs `step` on one item after the other and returns the results in order.
///
/// # Errors
///
/// [`CtxError::Cancelled`] as soon as `token` is cancelled, [`CtxError::DeadlineExceeded`] as soon as `limit` is over.
pub async fn process_with_timeout<T, R, F, Fut>(
    token: &CancellationToken,
    limit: Duration,
    items: Vec<T>,
    mut step: F,
) -> Result<Vec<R>, CtxError>
where
    F: FnMut(T) -> Fut,
    Fut: Future<Output = R>,
{
    // A point in time and not a duration: `timeout(limit, …)` in the loop would give the full time to every step.
    let deadline = Instant::now() + limit.min(THIRTY_YEARS);
    // Without items the loop below has no turn, and nobody else would look.
    if token.is_cancelled() {
        return Err(CtxError::Cancelled);
    }
    let mut results = Vec::with_capacity(items.len());
    for item in items {
        // Both are looked at here, where there is nothing to drop yet. Below, both are raced against a future, so
        // `step` must have been called; and a future that is ready at once wins its races, however late it is. The
        // clock is asked and not a timer: timers go off only while somebody waits.
        if token.is_cancelled() {
            return Err(CtxError::Cancelled);
        }
        if Instant::now() >= deadline {
            return Err(CtxError::DeadlineExceeded);
        }
        // Nothing is spawned, so dropping is stopping: the loser of a race is gone, and so is everything when our own
        // future is dropped. A spawned step would run on, unless each of these ways out aborted it.
        match timeout_at(deadline, token.run_until_cancelled(step(item))).await {
            Ok(Some(result)) => results.push(result),
            Ok(None) => return Err(CtxError::Cancelled),
            Err(_) => return Err(CtxError::DeadlineExceeded),
        }
    }
    Ok(results)
}
