//! right: `submit` calls the handler as soon as there is room, and the queue holds futures; workers only poll them.

use std::future::Future;
use std::num::NonZeroUsize;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use futures::FutureExt;
use futures::future::BoxFuture;
use tokio::sync::{Mutex, mpsc, oneshot};
use tokio_util::sync::CancellationToken;
use tokio_util::task::{AbortOnDropHandle, TaskTracker};

#[derive(Debug, Clone)]
pub struct PoolConfig {
    pub workers: NonZeroUsize,
    pub queue: NonZeroUsize,
}

#[derive(Debug, PartialEq, Eq)]
pub struct Closed<J>(pub J);

pub struct WorkerPool<J, R> {
    call: Box<dyn Fn(J, oneshot::Sender<R>) -> BoxFuture<'static, ()> + Send + Sync>,
    queue: mpsc::Sender<BoxFuture<'static, ()>>,
    closed: CancellationToken,
    workers: Vec<AbortOnDropHandle<()>>,
    tracker: TaskTracker,
}

impl<J, R> WorkerPool<J, R>
where
    J: Send + 'static,
    R: Send + 'static,
{
    pub fn start<F, Fut>(config: PoolConfig, handler: F) -> Self
    where
        F: Fn(J) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = R> + Send + 'static,
    {
        let (queue, futures) = mpsc::channel::<BoxFuture<'static, ()>>(config.queue.get());
        let futures = Arc::new(Mutex::new(futures));
        let tracker = TaskTracker::new();
        let worker = |_| {
            let futures = futures.clone();
            AbortOnDropHandle::new(tracker.spawn(async move {
                loop {
                    let next = futures.lock().await.recv().await;
                    let Some(future) = next else { break };
                    let _ = AssertUnwindSafe(future).catch_unwind().await;
                }
            }))
        };
        let workers = (0..config.workers.get()).map(worker).collect();
        let call =
            Box::new(move |job, reply: oneshot::Sender<R>| match catch_unwind(AssertUnwindSafe(|| handler(job))) {
                Ok(future) => async move { drop(reply.send(future.await)) }.boxed(),
                Err(_) => async move { drop(reply) }.boxed(),
            });
        Self { call, queue, closed: CancellationToken::new(), workers, tracker }
    }

    pub async fn submit(&self, job: J) -> Result<oneshot::Receiver<R>, Closed<J>> {
        let Ok(place) = self.queue.reserve().await else { return Err(Closed(job)) };
        if self.closed.is_cancelled() {
            return Err(Closed(job));
        }
        let (reply, result) = oneshot::channel();
        place.send((self.call)(job, reply));
        Ok(result)
    }

    pub fn close(&self) {
        self.closed.cancel();
    }

    pub async fn join(self) {
        let Self { queue, workers, tracker, .. } = self;
        drop(queue);
        tracker.close();
        tracker.wait().await;
        drop(workers);
    }
}
