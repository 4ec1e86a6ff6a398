//! caught by: a_full_queue_makes_submit_wait (failed)
//! idea: Each worker may already have its next job on the desk.

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
    tasks: JoinSet<()>,
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
        let (sender, mut receiver) = mpsc::channel::<Request<J, R>>(config.queue.get());
        let handler = Arc::new(handler);
        let mut tasks = JoinSet::new();
        let mut desks = Vec::new();
        for _ in 0..config.workers.get() {
            let (desk, mut jobs) = mpsc::channel::<Request<J, R>>(1);
            desks.push(desk);
            let handler = handler.clone();
            tasks.spawn(async move {
                while let Some((job, reply)) = jobs.recv().await {
                    let outcome = AssertUnwindSafe(async { handler(job).await }).catch_unwind().await;
                    if let Ok(result) = outcome {
                        let _ = reply.send(result);
                    }
                }
            });
        }
        tasks.spawn(async move {
            while let Some(request) = receiver.recv().await {
                // The first desk with room gets it.
                let waiting: Vec<_> = desks.iter().map(|desk| Box::pin(desk.reserve())).collect();
                let (place, _, _) = futures::future::select_all(waiting).await;
                place.unwrap().send(request);
            }
        });
        Self { queue: Mutex::new(Some(sender)), tasks }
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
        while self.tasks.join_next().await.is_some() {}
    }
}
