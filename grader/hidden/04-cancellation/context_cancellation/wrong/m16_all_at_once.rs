//! caught by: steps_run_one_after_the_other (failed)
//! idea: Async steps may as well run at the same time; the results keep their order.

use std::future::Future;
use std::time::Duration;

use futures::future::join_all;
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
    step: F,
) -> Result<Vec<R>, CtxError>
where
    F: FnMut(T) -> Fut,
    Fut: Future<Output = R>,
{
    if token.is_cancelled() {
        return Err(CtxError::Cancelled);
    }
    let steps = join_all(items.into_iter().map(step));
    match timeout(limit, token.run_until_cancelled(steps)).await {
        Ok(Some(results)) => Ok(results),
        Ok(None) => Err(CtxError::Cancelled),
        Err(_) => Err(CtxError::DeadlineExceeded),
    }
}
