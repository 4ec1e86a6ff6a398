//! caught by: no_step_starts_after_a_cancellation (failed)
//! idea: `run_until_cancelled` around the whole loop stops it wherever it is.

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
    let begin = Instant::now();
    let all = async {
        let mut results = Vec::new();
        for item in items {
            if begin.elapsed() >= limit {
                return Err(CtxError::DeadlineExceeded);
            }
            results.push(step(item).await);
        }
        Ok(results)
    };
    match timeout(limit, token.run_until_cancelled(all)).await {
        Ok(Some(ended)) => ended,
        Ok(None) => Err(CtxError::Cancelled),
        Err(_) => Err(CtxError::DeadlineExceeded),
    }
}
