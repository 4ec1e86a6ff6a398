//! right: a worker runs each job in a task of its own, so that the runtime catches panics; cancelled workers let their jobs finish.

use std::future::Future;
use std::num::NonZeroUsize;
use std::sync::Arc;

use tokio::sync::{Mutex, mpsc, oneshot};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

#[derive(Debug, Clone)]
pub struct PoolConfig {
    pub workers: NonZeroUsize,
    pub queue: NonZeroUsize,
}

#[derive(Debug, PartialEq, Eq)]
pub struct Closed<J>(pub J);

type Request<J, R> = (J, oneshot::Sender<R>);

pub struct WorkerPool<J, R> {
    jobs: mpsc::Sender<Request<J, R>>,
    queue: Arc<Mutex<mpsc::Receiver<Request<J, R>>>>,
    closed: CancellationToken,
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
        let (jobs, queue) = mpsc::channel::<Request<J, R>>(config.queue.get());
        let queue = Arc::new(Mutex::new(queue));
        let handler = Arc::new(handler);
        let mut workers = JoinSet::new();
        for _ in 0..config.workers.get() {
            let (queue, handler) = (queue.clone(), handler.clone());
            workers.spawn(async move {
                loop {
                    let next = queue.lock().await.recv().await;
                    let Some((job, reply)) = next else { break };
                    let handler = handler.clone();
                    let job = tokio::spawn(async move { reply.send(handler(job).await) });
                    let _ = job.await;
                }
            });
        }
        Self { jobs, queue, closed: CancellationToken::new(), workers }
    }

    pub async fn submit(&self, job: J) -> Result<oneshot::Receiver<R>, Closed<J>> {
        if self.closed.is_cancelled() {
            return Err(Closed(job));
        }
        let (reply, result) = oneshot::channel();
        self.jobs.send((job, reply)).await.map_err(|error| Closed(error.0.0))?;
        Ok(result)
    }

    pub fn close(&self) {
        self.closed.cancel();
    }

    pub async fn join(mut self) {
        drop(self.jobs);
        drop(self.queue);
        while self.workers.join_next().await.is_some() {}
    }
}
