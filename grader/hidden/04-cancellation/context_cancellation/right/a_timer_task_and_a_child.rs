//! right: a task of its own cancels a child token when the time is up; between steps everybody gets a turn.

use std::future::Future;
use std::time::Duration;

use tokio::task::yield_now;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;
use tokio_util::task::AbortOnDropHandle;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CtxError {
    Cancelled,
    DeadlineExceeded,
}

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
    if token.is_cancelled() {
        return Err(CtxError::Cancelled);
    }
    let stop = token.child_token();
    let _timer = AbortOnDropHandle::new(tokio::spawn({
        let stop = stop.clone();
        async move {
            // A timeout of `Duration::MAX` is understood, unlike a sum.
            let _ = timeout(limit, std::future::pending::<()>()).await;
            stop.cancel();
        }
    }));
    let why = || if token.is_cancelled() { CtxError::Cancelled } else { CtxError::DeadlineExceeded };
    // The timer counts from here on.
    yield_now().await;
    let mut results = Vec::new();
    for item in items {
        if stop.is_cancelled() {
            return Err(why());
        }
        match stop.run_until_cancelled(step(item)).await {
            Some(result) => results.push(result),
            None => return Err(why()),
        }
        // Twice: the first turn lets the runtime see that the time is up, the second is the timer task's.
        yield_now().await;
        yield_now().await;
    }
    Ok(results)
}
