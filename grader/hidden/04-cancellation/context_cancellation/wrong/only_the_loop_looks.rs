//! caught by: a_cancelled_token_counts_without_items (failed)
//! idea: A look at the token before every step is a look in every case.

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
    mut step: F,
) -> Result<Vec<R>, CtxError>
where
    F: FnMut(T) -> Fut,
    Fut: Future<Output = R>,
{
    let begin = Instant::now();
    let time_is_up = sleep(limit);
    pin!(time_is_up);
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
