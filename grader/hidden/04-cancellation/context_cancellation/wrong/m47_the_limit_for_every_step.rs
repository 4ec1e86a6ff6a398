//! caught by: the_limit_ends_it_at_once (failed)
//! idea: `timeout(limit, …)` in the loop keeps the loop within its limit.

use std::future::Future;
use std::time::Duration;

use tokio::time::{Instant, timeout};
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
        match timeout(limit, token.run_until_cancelled(step(item))).await {
            Ok(Some(result)) => results.push(result),
            Ok(None) => return Err(CtxError::Cancelled),
            Err(_) => return Err(CtxError::DeadlineExceeded),
        }
    }
    Ok(results)
}
