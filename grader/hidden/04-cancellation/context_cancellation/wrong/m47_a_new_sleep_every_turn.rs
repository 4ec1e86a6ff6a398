//! caught by: the_limit_ends_it_at_once (failed)
//! idea: A `sleep(limit)` as a branch of `select!` ends the loop after `limit`.

use std::future::Future;
use std::time::Duration;

use tokio::select;
use tokio::time::{Instant, sleep};
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
        select! {
            biased;
            () = token.cancelled() => return Err(CtxError::Cancelled),
            () = sleep(limit) => return Err(CtxError::DeadlineExceeded),
            result = step(item) => results.push(result),
        }
    }
    Ok(results)
}
