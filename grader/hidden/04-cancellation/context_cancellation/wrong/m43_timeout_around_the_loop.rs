//! caught by: no_step_starts_after_the_limit (failed)
//! idea: A timeout around the whole loop interrupts it when the time is up.

use std::future::Future;
use std::time::Duration;

use tokio::select;
use tokio::time::timeout;
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
    let all = async {
        let mut results = Vec::new();
        for item in items {
            if token.is_cancelled() {
                return Err(CtxError::Cancelled);
            }
            results.push(step(item).await);
        }
        Ok(results)
    };
    select! {
        biased;
        () = token.cancelled() => Err(CtxError::Cancelled),
        ended = timeout(limit, all) => ended.unwrap_or(Err(CtxError::DeadlineExceeded)),
    }
}
