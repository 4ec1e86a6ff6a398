//! right: a dispatcher per stage starts calls behind a semaphore; their replies stand in a queue, in order.

use std::future::Future;
use std::num::NonZeroUsize;
use std::panic::resume_unwind;
use std::sync::{Arc, Mutex};

use tokio::sync::{Semaphore, mpsc, oneshot};
use tokio::task::JoinSet;

/// The place of an item, to be filled when its call has ended; closed without, the call has panicked.
type Reply<T, E> = oneshot::Receiver<Result<T, E>>;

/// All tasks of the pipeline, calls included.
type Tasks = Arc<Mutex<JoinSet<()>>>;

pub struct Pipeline<T, E> {
    tasks: Tasks,
    queue: mpsc::Receiver<Reply<T, E>>,
    buffer: usize,
}

impl<T: Send + 'static, E: Send + 'static> Pipeline<T, E> {
    pub fn source<I>(items: I, buffer: NonZeroUsize) -> Self
    where
        I: IntoIterator<Item = T>,
        I::IntoIter: Send + 'static,
    {
        let tasks = Tasks::default();
        let (tx, queue) = mpsc::channel(buffer.get());
        let items = items.into_iter();
        tasks.lock().unwrap().spawn(async move {
            for item in items {
                let (fill, reply) = oneshot::channel();
                let _ = fill.send(Ok(item));
                if tx.send(reply).await.is_err() {
                    return;
                }
            }
        });
        Self { tasks, queue, buffer: buffer.get() }
    }

    pub fn stage<R, F, Fut>(self, workers: NonZeroUsize, f: F) -> Pipeline<R, E>
    where
        R: Send + 'static,
        F: Fn(T) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<R, E>> + Send + 'static,
    {
        let Pipeline { tasks, queue: mut input, buffer } = self;
        // Room for the calls that run, too: they stand in the queue from their beginning.
        let (tx, queue) = mpsc::channel(buffer + workers.get() - 1);
        let places = Arc::new(Semaphore::new(workers.get()));
        let f = Arc::new(f);
        // Weak: a task that owned the set it lives in would keep itself alive.
        let weak = Arc::downgrade(&tasks);
        let dispatcher = async move {
            while let Some(reply) = input.recv().await {
                let Ok(item) = reply.await else { return };
                let place = places.clone().acquire_owned().await.unwrap();
                let (fill, reply) = oneshot::channel();
                match item {
                    Ok(item) => {
                        let f = f.clone();
                        let call = async move {
                            let result = f(item).await;
                            drop(place);
                            let _ = fill.send(result);
                        };
                        let Some(tasks) = weak.upgrade() else { return };
                        tasks.lock().unwrap().spawn(call);
                    }
                    Err(error) => {
                        let _ = fill.send(Err(error));
                    }
                }
                if tx.send(reply).await.is_err() {
                    return;
                }
            }
        };
        tasks.lock().unwrap().spawn(dispatcher);
        Pipeline { tasks, queue, buffer }
    }

    pub async fn run(self) -> Result<Vec<T>, E> {
        let Pipeline { tasks, mut queue, .. } = self;
        let mut results = Vec::new();
        let mut failed = None;
        while let Some(reply) = queue.recv().await {
            match reply.await {
                Ok(Ok(result)) => results.push(result),
                Ok(Err(error)) => failed = Some(error),
                Err(_) => break,
            }
            if failed.is_some() {
                break;
            }
        }
        drop(queue);
        let mut tasks = std::mem::take(&mut *tasks.lock().unwrap());
        if failed.is_none() {
            // Whoever has panicked has ended.
            while let Some(joined) = tasks.join_next().await {
                if let Err(error) = joined {
                    tasks.shutdown().await;
                    resume_unwind(error.into_panic());
                }
            }
        }
        tasks.shutdown().await;
        failed.map_or(Ok(results), Err)
    }
}
