//! caught by: waiting_costs_nothing (failed)
//! idea: A short timeout in a loop notices everything soon enough.

use std::future::Future;
use std::time::Duration;

use tokio::pin;
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
    if token.is_cancelled() {
        return Err(CtxError::Cancelled);
    }
    let begin = Instant::now();
    let mut results = Vec::new();
    for item in items {
        if token.is_cancelled() {
            return Err(CtxError::Cancelled);
        }
        if begin.elapsed() >= limit {
            return Err(CtxError::DeadlineExceeded);
        }
        let running = step(item);
        pin!(running);
        loop {
            match timeout(Duration::from_millis(1), running.as_mut()).await {
                Ok(result) => {
                    results.push(result);
                    break;
                }
                Err(_) if token.is_cancelled() => return Err(CtxError::Cancelled),
                Err(_) if begin.elapsed() >= limit => return Err(CtxError::DeadlineExceeded),
                Err(_) => {}
            }
        }
    }
    Ok(results)
}
