//! caught by: a_panic_when_f_is_called_panics_run (failed)
//! idea: `f` is async, so it can only panic while its future is polled.

use std::any::Any;
use std::collections::VecDeque;
use std::future::Future;
use std::num::NonZeroUsize;
use std::panic::AssertUnwindSafe;

use futures::StreamExt;
use futures::future::{BoxFuture, FutureExt};
use futures::stream::FuturesOrdered;
use tokio::sync::mpsc;
use tokio::task::JoinSet;

type Caught<R, E> = Result<Result<R, E>, Box<dyn Any + Send>>;

pub struct Pipeline<T, E> {
    tasks: JoinSet<()>,
    output: mpsc::Receiver<Caught<T, E>>,
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
            let mut items = items;
            loop {
                let item = match std::panic::catch_unwind(AssertUnwindSafe(|| items.next())) {
                    Ok(Some(item)) => item,
                    Ok(None) => break,
                    Err(panic) => {
                        let _ = tx.send(Err(panic)).await;
                        break;
                    }
                };
                if tx.send(Ok(Ok(item))).await.is_err() {
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
                Ok(Ok(result)) => results.push(result),
                Ok(Err(error)) => {
                    tasks.shutdown().await;
                    return Err(error);
                }
                Err(panic) => {
                    tasks.shutdown().await;
                    std::panic::resume_unwind(panic);
                }
            }
        }
        tasks.shutdown().await;
        Ok(results)
    }
}

async fn work<T, R, E, F, Fut>(
    mut input: mpsc::Receiver<Caught<T, E>>,
    tx: mpsc::Sender<Caught<R, E>>,
    workers: usize,
    f: F,
) where
    R: Send + 'static,
    E: Send + 'static,
    F: Fn(T) -> Fut,
    Fut: Future<Output = Result<R, E>> + Send + 'static,
{
    let mut calls: FuturesOrdered<BoxFuture<'static, Caught<R, E>>> = FuturesOrdered::new();
    let mut ready = VecDeque::new();
    let mut open = true;
    loop {
        tokio::select! {
            item = input.recv(), if open && calls.len() + ready.len() < workers => match item {
                Some(Ok(Ok(item))) => calls.push_back(AssertUnwindSafe(f(item)).catch_unwind().boxed()),
                Some(Ok(Err(error))) => calls.push_back(async move { Ok(Err(error)) }.boxed()),
                Some(Err(panic)) => calls.push_back(async move { Err(panic) }.boxed()),
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
