//! caught by: a_token_cancelled_before_starts_no_step (failed)
//! idea: In a `select!` a branch that is ready beats the call in another branch.

use std::future::Future;
use std::time::Duration;

use tokio::time::{Instant, sleep_until};
use tokio::{pin, select};
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
    if items.is_empty() && token.is_cancelled() {
        return Err(CtxError::Cancelled);
    }
    let deadline = Instant::now() + limit.min(Duration::from_secs(1 << 30));
    let time_is_up = sleep_until(deadline);
    pin!(time_is_up);
    let mut results = Vec::new();
    for item in items {
        select! {
            () = token.cancelled() => return Err(CtxError::Cancelled),
            () = &mut time_is_up => return Err(CtxError::DeadlineExceeded),
            result = step(item) => results.push(result),
        }
        if token.is_cancelled() {
            return Err(CtxError::Cancelled);
        }
        if Instant::now() >= deadline {
            return Err(CtxError::DeadlineExceeded);
        }
    }
    Ok(results)
}
