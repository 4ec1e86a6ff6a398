//! caught by: a_submit_given_up_takes_nothing_with_it (deadlocked)
//! idea: `join` knows that it may go when as many jobs are done as `submit` was called for.

use std::future::Future;
use std::num::NonZeroUsize;
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Mutex};

use futures::FutureExt;
use tokio::sync::{mpsc, oneshot, watch};
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
    /// Jobs that came in and are not done yet.
    open: watch::Sender<usize>,
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
        let (open, _) = watch::channel(0);
        let mut workers = JoinSet::new();
        for _ in 0..config.workers.get() {
            let receiver = receiver.clone();
            let handler = handler.clone();
            let open = open.clone();
            workers.spawn(async move {
                loop {
                    let next = receiver.lock().await.recv().await;
                    let Some((job, reply)) = next else { break };
                    let outcome = AssertUnwindSafe(async { handler(job).await }).catch_unwind().await;
                    if let Ok(result) = outcome {
                        let _ = reply.send(result);
                    }
                    open.send_modify(|open| *open -= 1);
                }
            });
        }
        Self { open, queue: Mutex::new(Some(sender)), workers }
    }

    pub async fn submit(&self, job: J) -> Result<oneshot::Receiver<R>, Closed<J>> {
        let sender = self.queue.lock().unwrap().clone();
        let Some(sender) = sender else { return Err(Closed(job)) };
        let (reply, result) = oneshot::channel();
        self.open.send_modify(|open| *open += 1);
        match sender.send((job, reply)).await {
            Ok(()) => Ok(result),
            Err(error) => {
                self.open.send_modify(|open| *open -= 1);
                Err(Closed(error.0.0))
            }
        }
    }

    pub fn close(&self) {
        self.queue.lock().unwrap().take();
    }

    pub async fn join(mut self) {
        self.close();
        let _ = self.open.subscribe().wait_for(|open| *open == 0).await;
        while self.workers.join_next().await.is_some() {}
    }
}
