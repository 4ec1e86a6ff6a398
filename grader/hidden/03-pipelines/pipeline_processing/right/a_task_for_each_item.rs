//! right: one task takes an item through all stages, each behind a semaphore; a window bounds how many there are.

use std::collections::VecDeque;
use std::future::Future;
use std::num::NonZeroUsize;
use std::panic::resume_unwind;
use std::sync::Arc;

use futures::future::{BoxFuture, FutureExt};
use tokio::sync::Semaphore;
use tokio::sync::oneshot;
use tokio::task::{AbortHandle, JoinSet};

type Way<T, E> = BoxFuture<'static, Result<T, E>>;

pub struct Pipeline<T, E> {
    /// The way of the next item through all stages.
    next: Box<dyn FnMut() -> Option<Way<T, E>> + Send>,
    buffer: usize,
    /// How many items may be under way.
    room: usize,
}

impl<T: Send + 'static, E: Send + 'static> Pipeline<T, E> {
    pub fn source<I>(items: I, buffer: NonZeroUsize) -> Self
    where
        I: IntoIterator<Item = T>,
        I::IntoIter: Send + 'static,
    {
        let mut items = items.into_iter();
        let next = move || items.next().map(|item| async move { Ok(item) }.boxed());
        Self { next: Box::new(next), buffer: buffer.get(), room: buffer.get() + 1 }
    }

    pub fn stage<R, F, Fut>(self, workers: NonZeroUsize, f: F) -> Pipeline<R, E>
    where
        R: Send + 'static,
        F: Fn(T) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<R, E>> + Send + 'static,
    {
        let Pipeline { mut next, buffer, room } = self;
        let places = Arc::new(Semaphore::new(workers.get()));
        let f = Arc::new(f);
        let next = move || {
            let way = next()?;
            let (places, f) = (places.clone(), f.clone());
            let longer = async move {
                let item = way.await?;
                let _place = places.acquire_owned().await.unwrap();
                f(item).await
            };
            Some(longer.boxed())
        };
        Pipeline { next: Box::new(next), buffer, room: room + buffer + workers.get() }
    }

    pub async fn run(self) -> Result<Vec<T>, E> {
        let Pipeline { mut next, room, .. } = self;
        let mut tasks = JoinSet::new();
        let mut window: VecDeque<(AbortHandle, oneshot::Receiver<Result<T, E>>)> = VecDeque::new();
        let mut results = Vec::new();
        let mut more = true;
        let outcome = loop {
            while more && window.len() < room {
                // A panic of the iterator passes through here; the tasks are not left to themselves.
                let way = match std::panic::catch_unwind(std::panic::AssertUnwindSafe(&mut next)) {
                    Ok(way) => way,
                    Err(panic) => {
                        tasks.shutdown().await;
                        resume_unwind(panic);
                    }
                };
                match way {
                    Some(way) => {
                        let (tx, rx) = oneshot::channel();
                        let task = tasks.spawn(async move {
                            let _ = tx.send(way.await);
                        });
                        window.push_back((task, rx));
                        // Others may want to run, too.
                        tokio::task::consume_budget().await;
                    }
                    None => more = false,
                }
            }
            let Some((task, rx)) = window.pop_front() else { break Ok(results) };
            match rx.await {
                Ok(Ok(result)) => results.push(result),
                Ok(Err(error)) => break Err(error),
                Err(_) => {
                    drop(task);
                    while let Some(joined) = tasks.join_next().await {
                        if let Err(error) = joined {
                            tasks.shutdown().await;
                            resume_unwind(error.into_panic());
                        }
                    }
                }
            }
        };
        tasks.shutdown().await;
        outcome
    }
}
