//! caught by: no_items_no_results (failed)
//! idea: Items are counted as they are done; when the last one is there, the loop ends.

use std::future::Future;
use std::time::Duration;

use futures::StreamExt;
use futures::stream;
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
    let wanted = items.len();
    let begin = Instant::now();
    let time_is_up = sleep(limit);
    pin!(time_is_up);
    let steps = stream::iter(items).then(step);
    pin!(steps);
    let mut results = Vec::new();
    loop {
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
            Some(result) = steps.next() => {
                results.push(result);
                if results.len() == wanted {
                    return Ok(results);
                }
            }
        }
    }
}
