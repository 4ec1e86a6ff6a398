//! caught by: many_tasks_submit_to_the_same_pool (failed)
//! idea: The lock around the sender is free whenever somebody submits.

use std::future::Future;
use std::num::NonZeroUsize;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use futures::FutureExt;
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinSet;

#[derive(Debug, Clone)]
pub struct PoolConfig {
    pub workers: NonZeroUsize,
    pub queue: NonZeroUsize,
}

#[derive(Debug, PartialEq, Eq)]
pub struct Closed<J>(pub J);

type Request<J, R> = (J, oneshot::Sender<R>);

pub struct WorkerPool<J, R> {
    queue: tokio::sync::Mutex<Option<mpsc::Sender<Request<J, R>>>>,
    workers: JoinSet<()>,
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
        let (sender, receiver) = mpsc::channel::<Request<J, R>>(config.queue.get());
        let receiver = Arc::new(tokio::sync::Mutex::new(receiver));
        let handler = Arc::new(handler);
        let mut workers = JoinSet::new();
        for _ in 0..config.workers.get() {
            let receiver = receiver.clone();
            let handler = handler.clone();
            workers.spawn(async move {
                loop {
                    let next = receiver.lock().await.recv().await;
                    let Some((job, reply)) = next else { break };
                    let outcome = AssertUnwindSafe(async { handler(job).await }).catch_unwind().await;
                    if let Ok(result) = outcome {
                        let _ = reply.send(result);
                    }
                }
            });
        }
        Self { queue: tokio::sync::Mutex::new(Some(sender)), workers }
    }

    pub async fn submit(&self, job: J) -> Result<oneshot::Receiver<R>, Closed<J>> {
        let queue = self.queue.try_lock().expect("nobody else is submitting");
        let Some(sender) = queue.as_ref() else { return Err(Closed(job)) };
        let (reply, result) = oneshot::channel();
        match sender.send((job, reply)).await {
            Ok(()) => Ok(result),
            Err(error) => Err(Closed(error.0.0)),
        }
    }

    pub fn close(&self) {
        self.queue.try_lock().expect("nobody is submitting").take();
    }

    pub async fn join(mut self) {
        self.close();
        while self.workers.join_next().await.is_some() {}
    }
}
