//! right: `buffered` over a task for each call, and a tracker that knows when the last of them is gone; begins at once.

use std::any::Any;
use std::future::Future;
use std::num::NonZeroUsize;
use std::panic::{AssertUnwindSafe, resume_unwind};
use std::sync::Arc;

use futures::future::FutureExt;
use futures::{StreamExt, future};
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;
use tokio_util::sync::CancellationToken;
use tokio_util::task::{AbortOnDropHandle, TaskTracker};

/// Why an item does not go on.
enum Stop<E> {
    Failed(E),
    Panicked(Box<dyn Any + Send>),
}

/// What is there to stop and to wait for.
struct Scope {
    tracker: TaskTracker,
    stop: CancellationToken,
}

impl Scope {
    fn spawn(&self, task: impl Future<Output = ()> + Send + 'static) {
        let stop = self.stop.clone();
        self.tracker.spawn(async move {
            stop.run_until_cancelled(task).await;
        });
    }
}

impl Drop for Scope {
    fn drop(&mut self) {
        self.stop.cancel();
    }
}

pub struct Pipeline<T, E> {
    scope: Scope,
    output: mpsc::Receiver<Result<T, Stop<E>>>,
    buffer: usize,
}

impl<T: Send + 'static, E: Send + 'static> Pipeline<T, E> {
    pub fn source<I>(items: I, buffer: NonZeroUsize) -> Self
    where
        I: IntoIterator<Item = T>,
        I::IntoIter: Send + 'static,
    {
        let scope = Scope { tracker: TaskTracker::new(), stop: CancellationToken::new() };
        let (tx, output) = mpsc::channel(buffer.get());
        let mut items = items.into_iter();
        scope.spawn(async move {
            loop {
                let item = match std::panic::catch_unwind(AssertUnwindSafe(|| items.next())) {
                    Ok(Some(item)) => Ok(item),
                    Ok(None) => return,
                    Err(panic) => Err(Stop::Panicked(panic)),
                };
                let last = item.is_err();
                if tx.send(item).await.is_err() || last {
                    return;
                }
            }
        });
        Self { scope, output, buffer: buffer.get() }
    }

    pub fn stage<R, F, Fut>(self, workers: NonZeroUsize, f: F) -> Pipeline<R, E>
    where
        R: Send + 'static,
        F: Fn(T) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<R, E>> + Send + 'static,
    {
        let Pipeline { scope, output: input, buffer } = self;
        let (tx, output) = mpsc::channel(buffer);
        let f = Arc::new(f);
        let tracker = scope.tracker.clone();
        let calls = ReceiverStream::new(input).map(move |item| {
            let item = match item {
                Ok(item) => item,
                Err(stop) => return future::ready(Err(stop)).left_future(),
            };
            let f = f.clone();
            let call = tracker.spawn(async move { f(item).await });
            let result = AbortOnDropHandle::new(call).map(|joined| match joined {
                Ok(Ok(result)) => Ok(result),
                Ok(Err(error)) => Err(Stop::Failed(error)),
                Err(error) => Err(Stop::Panicked(error.into_panic())),
            });
            result.right_future()
        });
        let mut results = calls.buffered(workers.get());
        scope.spawn(async move {
            while let Some(result) = results.next().await {
                if tx.send(result).await.is_err() {
                    return;
                }
            }
        });
        Pipeline { scope, output, buffer }
    }

    pub async fn run(self) -> Result<Vec<T>, E> {
        let Pipeline { scope, mut output, .. } = self;
        let mut results = Vec::new();
        let mut stopped = None;
        while let Some(result) = output.recv().await {
            match result {
                Ok(result) => results.push(result),
                Err(stop) => {
                    stopped = Some(stop);
                    break;
                }
            }
        }
        scope.stop.cancel();
        scope.tracker.close();
        scope.tracker.wait().await;
        match stopped {
            None => Ok(results),
            Some(Stop::Failed(error)) => Err(error),
            Some(Stop::Panicked(panic)) => resume_unwind(panic),
        }
    }
}
