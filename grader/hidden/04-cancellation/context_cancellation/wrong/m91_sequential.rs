//! caught by: cancellation_ends_it_at_once (failed)
//! idea: It is enough to look at the token and the clock between two steps.

use std::future::Future;
use std::time::Duration;

use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

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
    let begin = Instant::now();
    let mut results = Vec::new();
    for item in items {
        if token.is_cancelled() {
            return Err(CtxError::Cancelled);
        }
        if begin.elapsed() >= limit {
            return Err(CtxError::DeadlineExceeded);
        }
        results.push(step(item).await);
    }
    if begin.elapsed() > limit {
        return Err(CtxError::DeadlineExceeded);
    }
    Ok(results)
}
