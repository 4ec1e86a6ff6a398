//! caught by: a_run_dropped_while_its_calls_wait_leaves_nothing (failed)
//! idea: Whoever drops the pipeline drops the handles of its tasks, and with them the tasks.

use std::collections::VecDeque;
use std::future::Future;
use std::num::NonZeroUsize;

use futures::StreamExt;
use futures::future::{BoxFuture, FutureExt};
use futures::stream::FuturesOrdered;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

pub struct Pipeline<T, E> {
    tasks: Vec<JoinHandle<()>>,
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
        let task = tokio::spawn(async move {
            for item in items {
                if tx.send(Ok(item)).await.is_err() {
                    break;
                }
            }
        });
        Self { tasks: vec![task], output, buffer }
    }

    pub fn stage<R, F, Fut>(self, workers: NonZeroUsize, f: F) -> Pipeline<R, E>
    where
        R: Send + 'static,
        F: Fn(T) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<R, E>> + Send + 'static,
    {
        let Pipeline { mut tasks, output: input, buffer } = self;
        let (tx, output) = mpsc::channel(buffer);
        tasks.push(tokio::spawn(work(input, tx, workers.get(), f)));
        Pipeline { tasks, output, buffer }
    }

    pub async fn run(self) -> Result<Vec<T>, E> {
        let Pipeline { tasks, mut output, .. } = self;
        let mut results = Vec::new();
        let mut failed = None;
        while let Some(result) = output.recv().await {
            match result {
                Ok(result) => results.push(result),
                Err(error) => {
                    failed = Some(error);
                    break;
                }
            }
        }
        let mut panic = None;
        if failed.is_some() {
            for task in &tasks {
                task.abort();
            }
        }
        // From the end to the beginning: the last stage knows first that something is wrong.
        for task in tasks.into_iter().rev() {
            if panic.is_some() {
                task.abort();
            }
            if let Err(error) = task.await
                && error.is_panic()
            {
                panic = Some(error.into_panic());
            }
        }
        if let Some(panic) = panic {
            std::panic::resume_unwind(panic);
        }
        match failed {
            Some(error) => Err(error),
            None => Ok(results),
        }
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
                Some(Ok(item)) => calls.push_back(f(item).boxed()),
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
