//! right: a dispatcher takes jobs from the queue and, with a permit in hand, starts a task for each; it holds one job more.

use std::future::Future;
use std::num::NonZeroUsize;
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Mutex};

use futures::FutureExt;
use tokio::sync::{Semaphore, mpsc, oneshot};
use tokio::task::{AbortHandle, JoinSet};

#[derive(Debug, Clone)]
pub struct PoolConfig {
    pub workers: NonZeroUsize,
    pub queue: NonZeroUsize,
}

#[derive(Debug, PartialEq, Eq)]
pub struct Closed<J>(pub J);

pub struct WorkerPool<J, R> {
    sender: Mutex<Option<mpsc::Sender<(J, oneshot::Sender<R>)>>>,
    dispatcher: tokio::task::JoinHandle<()>,
    _stop: AbortOnDrop,
}

struct AbortOnDrop(AbortHandle);

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        self.0.abort();
    }
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
        let (sender, mut receiver) = mpsc::channel::<(J, oneshot::Sender<R>)>(config.queue.get());
        let handler = Arc::new(handler);
        let dispatcher = tokio::spawn(async move {
            let permits = Arc::new(Semaphore::new(config.workers.get()));
            let mut running = JoinSet::new();
            // The job is taken first: while all workers are busy it waits here, outside the queue.
            while let Some((job, reply)) = receiver.recv().await {
                let permit = permits.clone().acquire_owned().await.expect("never closed");
                let handler = handler.clone();
                running.spawn(async move {
                    if let Ok(result) = AssertUnwindSafe(async { handler(job).await }).catch_unwind().await {
                        let _ = reply.send(result);
                    }
                    drop(permit);
                });
                while running.try_join_next().is_some() {}
            }
            while running.join_next().await.is_some() {}
        });
        let stop = AbortOnDrop(dispatcher.abort_handle());
        Self { sender: Mutex::new(Some(sender)), dispatcher, _stop: stop }
    }

    pub async fn submit(&self, job: J) -> Result<oneshot::Receiver<R>, Closed<J>> {
        let sender = self.sender.lock().unwrap().clone();
        let Some(sender) = sender else { return Err(Closed(job)) };
        let (reply, result) = oneshot::channel();
        sender.send((job, reply)).await.map_err(|error| Closed(error.0.0))?;
        Ok(result)
    }

    pub fn close(&self) {
        self.sender.lock().unwrap().take();
    }

    pub async fn join(mut self) {
        self.close();
        let _ = (&mut self.dispatcher).await;
    }
}
