//! right: a `FuturesUnordered` that never holds more than one step, and `select` from the crate `futures`.

use std::future::Future;
use std::time::Duration;

use futures::StreamExt;
use futures::future::{Either, select};
use futures::stream::FuturesUnordered;
use std::pin::pin;
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
    let begin = Instant::now();
    let watch = token.clone();
    let mut stop = Box::pin(select(Box::pin(watch.cancelled_owned()), Box::pin(sleep(limit))));
    if token.is_cancelled() {
        return Err(CtxError::Cancelled);
    }
    let mut items = items.into_iter();
    let mut running = FuturesUnordered::new();
    let mut results = Vec::new();
    loop {
        if running.is_empty() {
            let Some(item) = items.next() else { return Ok(results) };
            if token.is_cancelled() {
                return Err(CtxError::Cancelled);
            }
            if begin.elapsed() >= limit {
                return Err(CtxError::DeadlineExceeded);
            }
            running.push(step(item));
        }
        match select(pin!(running.next()), stop.as_mut()).await {
            Either::Left((result, _)) => results.extend(result),
            Either::Right((Either::Left(_), _)) => return Err(CtxError::Cancelled),
            Either::Right((Either::Right(_), _)) => return Err(CtxError::DeadlineExceeded),
        }
    }
}
