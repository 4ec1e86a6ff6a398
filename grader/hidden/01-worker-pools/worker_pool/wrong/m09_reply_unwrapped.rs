//! caught by: a_dropped_receiver_harms_nobody (failed)
//! idea: Whoever submitted a job is still there when its result is ready.

use std::future::Future;
use std::num::NonZeroUsize;
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Mutex};

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
    queue: Mutex<Option<mpsc::Sender<Request<J, R>>>>,
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
                        reply.send(result).ok().expect("somebody waits for the result");
                    }
                }
            });
        }
        Self { queue: Mutex::new(Some(sender)), workers }
    }

    pub async fn submit(&self, job: J) -> Result<oneshot::Receiver<R>, Closed<J>> {
        let sender = self.queue.lock().unwrap().clone();
        let Some(sender) = sender else { return Err(Closed(job)) };
        let (reply, result) = oneshot::channel();
        match sender.send((job, reply)).await {
            Ok(()) => Ok(result),
            Err(error) => Err(Closed(error.0.0)),
        }
    }

    pub fn close(&self) {
        self.queue.lock().unwrap().take();
    }

    pub async fn join(mut self) {
        self.close();
        while self.workers.join_next().await.is_some() {}
    }
}
