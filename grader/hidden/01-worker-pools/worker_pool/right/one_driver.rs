//! right: all handlers share one task, `for_each_concurrent` over the queue; dropped, the pool finishes what it has accepted.

use std::future::Future;
use std::num::NonZeroUsize;
use std::panic::AssertUnwindSafe;

use futures::{FutureExt, StreamExt};
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;
use tokio_stream::wrappers::ReceiverStream;
use tokio_util::sync::CancellationToken;

#[derive(Debug, Clone)]
pub struct PoolConfig {
    pub workers: NonZeroUsize,
    pub queue: NonZeroUsize,
}

#[derive(Debug, PartialEq, Eq)]
pub struct Closed<J>(pub J);

pub struct WorkerPool<J, R> {
    closed: CancellationToken,
    sender: mpsc::Sender<(J, oneshot::Sender<R>)>,
    driver: JoinHandle<()>,
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
        let (sender, receiver) = mpsc::channel::<(J, oneshot::Sender<R>)>(config.queue.get());
        let driver = tokio::spawn(async move {
            let handler = &handler;
            ReceiverStream::new(receiver)
                .for_each_concurrent(config.workers.get(), |(job, reply)| async move {
                    let outcome = AssertUnwindSafe(async move { handler(job).await }).catch_unwind().await;
                    let _ = outcome.map(|result| reply.send(result));
                })
                .await;
        });
        Self { closed: CancellationToken::new(), sender, driver }
    }

    pub async fn submit(&self, job: J) -> Result<oneshot::Receiver<R>, Closed<J>> {
        // A waiting `submit` gives up at `close`.
        let place = tokio::select! {
            biased;
            () = self.closed.cancelled() => None,
            place = self.sender.reserve() => place.ok(),
        };
        let Some(place) = place else { return Err(Closed(job)) };
        let (reply, result) = oneshot::channel();
        place.send((job, reply));
        Ok(result)
    }

    pub fn close(&self) {
        self.closed.cancel();
    }

    pub async fn join(self) {
        let Self { closed, sender, driver } = self;
        closed.cancel();
        drop(sender);
        let _ = driver.await;
    }
}
