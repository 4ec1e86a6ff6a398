//! right: the steps are a stream, and one future that knows all reasons to stop ends it.

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

use futures::StreamExt;
use futures::stream;
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
    step: F,
) -> Result<Vec<R>, CtxError>
where
    F: FnMut(T) -> Fut,
    Fut: Future<Output = R>,
{
    let begin = Instant::now();
    let why = |token: &CancellationToken| {
        if token.is_cancelled() {
            Some(CtxError::Cancelled)
        } else if begin.elapsed() >= limit {
            Some(CtxError::DeadlineExceeded)
        } else {
            None
        }
    };
    if token.is_cancelled() {
        return Err(CtxError::Cancelled);
    }
    let mut cancelled = pin!(token.cancelled());
    let mut time_is_up = pin!(sleep(limit));
    let stop = poll_fn(|context| match why(token) {
        Some(error) => Poll::Ready(error),
        None if cancelled.as_mut().poll(context).is_ready() => Poll::Ready(CtxError::Cancelled),
        None => time_is_up.as_mut().poll(context).map(|()| CtxError::DeadlineExceeded),
    });
    let count = items.len();
    let mut steps = Box::pin(stream::iter(items).then(step)).take_until(stop);
    let mut results = Vec::with_capacity(count);
    while results.len() < count {
        match steps.next().await {
            Some(result) => results.push(result),
            None => break,
        }
    }
    if results.len() == count {
        return Ok(results);
    }
    Err(steps.take_result().expect("a stream that ends early was stopped"))
}
