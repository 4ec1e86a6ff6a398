//! right: a `sleep` made once and looked at before every step, by a biased `select!`.

use std::future::Future;
use std::time::Duration;

use tokio::time::sleep;
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
    if token.is_cancelled() {
        return Err(CtxError::Cancelled);
    }
    let time_is_up = sleep(limit);
    pin!(time_is_up);
    let mut results = Vec::new();
    for item in items {
        select! {
            biased;
            () = token.cancelled() => return Err(CtxError::Cancelled),
            () = &mut time_is_up => return Err(CtxError::DeadlineExceeded),
            // An `async` block, so that `step` is called only if the branches above are not ready.
            result = async { step(item).await } => results.push(result),
        }
    }
    Ok(results)
}
