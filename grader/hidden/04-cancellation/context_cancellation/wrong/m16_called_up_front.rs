//! caught by: steps_run_one_after_the_other (failed)
//! idea: Futures are lazy, so calling `step` for every item starts nothing.

use std::future::Future;
use std::time::Duration;

use tokio::time::{Instant, sleep};
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
    step: F,
) -> Result<Vec<R>, CtxError>
where
    F: FnMut(T) -> Fut,
    Fut: Future<Output = R>,
{
    if token.is_cancelled() {
        return Err(CtxError::Cancelled);
    }
    let begin = Instant::now();
    let time_is_up = sleep(limit);
    pin!(time_is_up);
    let steps: Vec<Fut> = items.into_iter().map(step).collect();
    let mut results = Vec::new();
    for step in steps {
        if token.is_cancelled() {
            return Err(CtxError::Cancelled);
        }
        if begin.elapsed() >= limit {
            return Err(CtxError::DeadlineExceeded);
        }
        select! {
            biased;
            () = token.cancelled() => return Err(CtxError::Cancelled),
            () = &mut time_is_up => return Err(CtxError::DeadlineExceeded),
            result = step => results.push(result),
        }
    }
    Ok(results)
}
