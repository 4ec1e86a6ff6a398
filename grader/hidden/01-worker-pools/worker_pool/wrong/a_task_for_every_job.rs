//! caught by: never_more_handlers_at_once_than_workers (failed)
//! idea: Tasks are cheap: the runtime decides how many of them run.

use std::future::Future;
use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex};

use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinSet;

#[derive(Debug, Clone)]
pub struct PoolConfig {
    pub workers: NonZeroUsize,
    pub queue: NonZeroUsize,
}

#[derive(Debug, PartialEq, Eq)]
pub struct Closed<J>(pub J);

pub struct WorkerPool<J, R> {
    sender: Mutex<Option<mpsc::Sender<(J, oneshot::Sender<R>)>>>,
    dispatcher: JoinSet<()>,
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
        let mut dispatcher = JoinSet::new();
        dispatcher.spawn(async move {
            let mut running = JoinSet::new();
            while let Some((job, reply)) = receiver.recv().await {
                let handler = handler.clone();
                running.spawn(async move {
                    let result = handler(job).await;
                    let _ = reply.send(result);
                });
                while running.try_join_next().is_some() {}
            }
            while running.join_next().await.is_some() {}
        });
        Self { sender: Mutex::new(Some(sender)), dispatcher }
    }

    pub async fn submit(&self, job: J) -> Result<oneshot::Receiver<R>, Closed<J>> {
        let sender = self.sender.lock().unwrap().clone();
        let Some(sender) = sender else { return Err(Closed(job)) };
        let (reply, result) = oneshot::channel();
        match sender.send((job, reply)).await {
            Ok(()) => Ok(result),
            Err(error) => Err(Closed(error.0.0)),
        }
    }

    pub fn close(&self) {
        self.sender.lock().unwrap().take();
    }

    pub async fn join(mut self) {
        self.close();
        while self.dispatcher.join_next().await.is_some() {}
    }
}
