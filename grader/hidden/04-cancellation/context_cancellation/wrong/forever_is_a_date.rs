//! caught by: the_longest_limit_never_comes (failed)
//! idea: A deadline is now plus the limit, whatever the limit.

use std::future::Future;
use std::time::Duration;

use tokio::time::{Instant, timeout_at};
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
    let deadline = Instant::now() + limit;
    let mut results = Vec::new();
    for item in items {
        if token.is_cancelled() {
            return Err(CtxError::Cancelled);
        }
        if Instant::now() >= deadline {
            return Err(CtxError::DeadlineExceeded);
        }
        match timeout_at(deadline, token.run_until_cancelled(step(item))).await {
            Ok(Some(result)) => results.push(result),
            Ok(None) => return Err(CtxError::Cancelled),
            Err(_) => return Err(CtxError::DeadlineExceeded),
        }
    }
    Ok(results)
}
