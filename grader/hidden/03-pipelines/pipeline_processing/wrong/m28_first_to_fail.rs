//! caught by: the_earliest_error_is_returned (failed)
//! idea: The first error is the one that comes first.

use std::collections::VecDeque;
use std::future::Future;
use std::num::NonZeroUsize;

use futures::StreamExt;
use futures::future::{BoxFuture, FutureExt};
use futures::stream::FuturesOrdered;
use tokio::sync::mpsc;
use tokio::task::JoinSet;

pub struct Pipeline<T, E> {
    tasks: JoinSet<()>,
    output: mpsc::Receiver<Result<T, E>>,
    buffer: usize,
}

impl<T: Send + 'static, E: Send + 'static> Pipeline<T, E> {
    pub fn source<I>(items: I, buffer: NonZeroUsize) -> Self
    where
        I: IntoIterator<Item = T>,
        I::IntoIter: Send + 'static,
    {
        let buffer = buffer.get();
        let (tx, output) = mpsc::channel(buffer);
        let items = items.into_iter();
        let mut tasks = JoinSet::new();
        tasks.spawn(async move {
            for item in items {
                if tx.send(Ok(item)).await.is_err() {
                    break;
                }
            }
        });
        Self { tasks, output, buffer }
    }

    pub fn stage<R, F, Fut>(self, workers: NonZeroUsize, f: F) -> Pipeline<R, E>
    where
        R: Send + 'static,
        F: Fn(T) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<R, E>> + Send + 'static,
    {
        let Pipeline { mut tasks, output: input, buffer } = self;
        let (tx, output) = mpsc::channel(buffer);
        tasks.spawn(work(input, tx, workers.get(), f));
        Pipeline { tasks, output, buffer }
    }

    pub async fn run(self) -> Result<Vec<T>, E> {
        let Pipeline { mut tasks, mut output, .. } = self;
        let mut results = Vec::new();
        while let Some(result) = output.recv().await {
            match result {
                Ok(result) => results.push(result),
                Err(error) => {
                    tasks.shutdown().await;
                    return Err(error);
                }
            }
        }
        while let Some(joined) = tasks.join_next().await {
            if let Err(error) = joined {
                tasks.shutdown().await;
                std::panic::resume_unwind(error.into_panic());
            }
        }
        Ok(results)
    }
}

async fn work<T, R, E, F, Fut>(
    mut input: mpsc::Receiver<Result<T, E>>,
    tx: mpsc::Sender<Result<R, E>>,
    workers: usize,
    f: F,
) where
    R: Send + 'static,
    E: Send + 'static,
    F: Fn(T) -> Fut,
    Fut: Future<Output = Result<R, E>> + Send + 'static,
{
    let mut calls: FuturesOrdered<BoxFuture<'static, Result<R, E>>> = FuturesOrdered::new();
    let mut ready = VecDeque::new();
    let mut open = true;
    loop {
        tokio::select! {
            item = input.recv(), if open && calls.len() + ready.len() < workers => match item {
                Some(Ok(item)) => {
                    let (call, tx) = (f(item), tx.clone());
                    calls.push_back(
                        async move {
                            let result = call.await;
                            match result {
                                Ok(result) => Ok(result),
                                Err(error) => {
                                    // Past everybody who is waiting.
                                    let _ = tx.send(Err(error)).await;
                                    std::future::pending().await
                                }
                            }
                        }
                        .boxed(),
                    );
                },
                Some(Err(error)) => calls.push_back(async move { Err(error) }.boxed()),
                None => open = false,
            },
            Some(result) = calls.next(), if !calls.is_empty() => ready.push_back(result),
            permit = tx.reserve(), if !ready.is_empty() => {
                let Ok(permit) = permit else { break };
                permit.send(ready.pop_front().unwrap());
            }
            else => break,
        }
    }
}
