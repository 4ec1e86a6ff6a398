//! caught by: the_limit_counts_from_the_first_poll (failed)
//! idea: The call is the start: from there on the time runs.

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

pub fn process_with_timeout<T, R, F, Fut>(
    token: &CancellationToken,
    limit: Duration,
    items: Vec<T>,
    mut step: F,
) -> impl Future<Output = Result<Vec<R>, CtxError>>
where
    F: FnMut(T) -> Fut,
    Fut: Future<Output = R>,
{
    let begin = Instant::now();
    let time_is_up = sleep(limit);
    async move {
        pin!(time_is_up);
        if token.is_cancelled() {
            return Err(CtxError::Cancelled);
        }
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
                () = &mut time_is_up => return Err(CtxError::DeadlineExceeded),
                result = step(item) => results.push(result),
            }
        }
        Ok(results)
    }
}
