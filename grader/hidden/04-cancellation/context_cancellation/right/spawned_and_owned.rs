//! right: every step is a task, in a handle that aborts it when dropped; the future is written by hand.

use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::task::Poll;
use std::time::Duration;

use tokio::time::{Instant, sleep};
use tokio_util::sync::CancellationToken;
use tokio_util::task::AbortOnDropHandle;

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
    R: Send + 'static,
    F: FnMut(T) -> Fut,
    Fut: Future<Output = R> + Send + 'static,
{
    let begin = Instant::now();
    let mut time_is_up = pin!(sleep(limit));
    let mut cancelled = pin!(token.cancelled());
    let mut items = items.into_iter();
    let mut running: Option<AbortOnDropHandle<R>> = None;
    let mut results = Vec::new();
    poll_fn(move |context| {
        loop {
            let cancelled = cancelled.as_mut().poll(context).is_ready();
            let late = time_is_up.as_mut().poll(context).is_ready() || begin.elapsed() >= limit;
            if cancelled && running.is_none() {
                return Poll::Ready(Err(CtxError::Cancelled));
            }
            if let Some(task) = &mut running {
                match Pin::new(task).poll(context) {
                    Poll::Ready(Ok(result)) => results.push(result),
                    Poll::Ready(Err(error)) => std::panic::resume_unwind(error.into_panic()),
                    Poll::Pending if cancelled => return Poll::Ready(Err(CtxError::Cancelled)),
                    Poll::Pending if late => return Poll::Ready(Err(CtxError::DeadlineExceeded)),
                    Poll::Pending => return Poll::Pending,
                }
                running = None;
                continue;
            }
            let Some(item) = items.next() else { return Poll::Ready(Ok(std::mem::take(&mut results))) };
            if late {
                return Poll::Ready(Err(CtxError::DeadlineExceeded));
            }
            running = Some(AbortOnDropHandle::new(tokio::spawn(step(item))));
        }
    })
    .await
}
