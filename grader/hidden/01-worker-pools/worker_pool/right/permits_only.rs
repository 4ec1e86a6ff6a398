//! right: no channel at all: two semaphores, and a task for every job from the moment it is accepted.

use std::future::Future;
use std::num::NonZeroUsize;
use std::pin::Pin;
use std::sync::{Arc, Mutex};

use tokio::sync::{Semaphore, oneshot};
use tokio::task::JoinSet;

#[derive(Debug, Clone)]
pub struct PoolConfig {
    pub workers: NonZeroUsize,
    pub queue: NonZeroUsize,
}

#[derive(Debug, PartialEq, Eq)]
pub struct Closed<J>(pub J);

type Handler<J, R> = dyn Fn(J) -> Pin<Box<dyn Future<Output = R> + Send>> + Send + Sync;

pub struct WorkerPool<J, R> {
    handler: Arc<Handler<J, R>>,
    /// One permit for each job in the pool, waiting or running.
    room: Arc<Semaphore>,
    /// One permit for each running job.
    workers: Arc<Semaphore>,
    tasks: Mutex<JoinSet<()>>,
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
        let (workers, queue) = (config.workers.get(), config.queue.get());
        Self {
            handler: Arc::new(move |job| Box::pin(handler(job))),
            room: Arc::new(Semaphore::new(workers + queue)),
            workers: Arc::new(Semaphore::new(workers)),
            tasks: Mutex::new(JoinSet::new()),
        }
    }

    pub async fn submit(&self, job: J) -> Result<oneshot::Receiver<R>, Closed<J>> {
        let Ok(room) = self.room.clone().acquire_owned().await else { return Err(Closed(job)) };
        let (reply, result) = oneshot::channel();
        let (handler, workers) = (self.handler.clone(), self.workers.clone());
        let mut tasks = self.tasks.lock().unwrap();
        while tasks.try_join_next().is_some() {}
        // The semaphore is fair, and tasks run for the first time in the order in which they were spawned.
        tasks.spawn(async move {
            let _room = room;
            let _worker = workers.acquire().await;
            // A panic ends this task and nothing else.
            let _ = reply.send(handler(job).await);
        });
        Ok(result)
    }

    pub fn close(&self) {
        self.room.close();
    }

    pub async fn join(self) {
        self.close();
        let mut tasks = self.tasks.into_inner().unwrap();
        while tasks.join_next().await.is_some() {}
    }
}
