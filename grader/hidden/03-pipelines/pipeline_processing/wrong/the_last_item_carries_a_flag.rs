//! caught by: small_pipelines_work_too (deadlocked)
//! idea: When the last item has come out, `run` is done, and there is always a last item.

use std::collections::VecDeque;
use std::future::Future;
use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex};

use futures::StreamExt;
use futures::future::{BoxFuture, FutureExt};
use futures::stream::FuturesOrdered;
use tokio::sync::mpsc;
use tokio::task::JoinSet;

pub struct Pipeline<T, E> {
    tasks: JoinSet<()>,
    output: mpsc::Receiver<Result<T, E>>,
    buffer: usize,
    last: Arc<Mutex<Option<usize>>>,
}

impl<T: Send + 'static, E: Send + 'static> Pipeline<T, E> {
    pub fn source<I>(items: I, buffer: NonZeroUsize) -> Self
    where
        I: IntoIterator<Item = T>,
        I::IntoIter: Send + 'static,
    {
        let buffer = buffer.get();
        let (tx, output) = mpsc::channel(buffer);
        let mut items = items.into_iter().enumerate().peekable();
        let last = Arc::new(Mutex::new(None));
        let total = last.clone();
        let mut tasks = JoinSet::new();
        tasks.spawn(async move {
            while let Some((number, item)) = items.next() {
                if items.peek().is_none() {
                    *total.lock().unwrap() = Some(number);
                }
                if tx.send(Ok(item)).await.is_err() {
                    return;
                }
            }
            tx.closed().await;
        });
        Self { tasks, output, buffer, last }
    }

    pub fn stage<R, F, Fut>(self, workers: NonZeroUsize, f: F) -> Pipeline<R, E>
    where
        R: Send + 'static,
        F: Fn(T) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<R, E>> + Send + 'static,
    {
        let Pipeline { mut tasks, output: input, buffer, last } = self;
        let (tx, output) = mpsc::channel(buffer);
        tasks.spawn(work(input, tx, workers.get(), f));
        Pipeline { tasks, output, buffer, last }
    }

    pub async fn run(self) -> Result<Vec<T>, E> {
        let Pipeline { mut tasks, mut output, last, .. } = self;
        let mut results = Vec::new();
        loop {
            tokio::select! {
                result = output.recv() => match result {
                    Some(Ok(result)) => results.push(result),
                    Some(Err(error)) => {
                        tasks.shutdown().await;
                        return Err(error);
                    }
                    None => {}
                },
                Some(Err(error)) = tasks.join_next() => {
                    tasks.shutdown().await;
                    std::panic::resume_unwind(error.into_panic());
                }
            }
            let last = *last.lock().unwrap();
            if last.is_some_and(|last| results.len() > last) {
                tasks.shutdown().await;
                return Ok(results);
            }
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
