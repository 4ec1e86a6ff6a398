//! caught by: steps_share_the_limit_as_they_like (failed)
//! idea: Every step gets its share of the limit, so that together they keep it.

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
    let share = limit / u32::try_from(items.len().max(1)).expect("few items");
    let mut results = Vec::new();
    for item in items {
        if token.is_cancelled() {
            return Err(CtxError::Cancelled);
        }
        if begin.elapsed() >= limit {
            return Err(CtxError::DeadlineExceeded);
        }
        match timeout(share, token.run_until_cancelled(step(item))).await {
            Ok(Some(result)) => results.push(result),
            Ok(None) => return Err(CtxError::Cancelled),
            Err(_) => return Err(CtxError::DeadlineExceeded),
        }
    }
    Ok(results)
}
