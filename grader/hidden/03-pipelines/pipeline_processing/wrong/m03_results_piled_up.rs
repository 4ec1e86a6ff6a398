//! caught by: results_that_wait_for_an_earlier_one_are_bounded (failed)
//! idea: A worker whose call has ended is free, so it takes the next item; results wait in a map for their turn.

use std::collections::BTreeMap;
use std::future::Future;
use std::num::NonZeroUsize;

use futures::StreamExt;
use futures::stream::FuturesUnordered;
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
    F: Fn(T) -> Fut,
    Fut: Future<Output = Result<R, E>>,
{
    let f = &f;
    let mut calls = FuturesUnordered::new();
    let mut waiting = BTreeMap::new();
    let mut started = 0;
    let mut next = 0;
    let mut open = true;
    loop {
        tokio::select! {
            item = input.recv(), if open && calls.len() < workers => match item {
                Some(item) => {
                    let number = started;
                    started += 1;
                    calls.push(async move {
                        match item {
                            Ok(item) => (number, f(item).await),
                            Err(error) => (number, Err(error)),
                        }
                    });
                }
                None => open = false,
            },
            Some((number, result)) = calls.next(), if !calls.is_empty() => {
                waiting.insert(number, result);
            }
            permit = tx.reserve(), if waiting.contains_key(&next) => {
                let Ok(permit) = permit else { return };
                permit.send(waiting.remove(&next).unwrap());
                next += 1;
            }
            else => return,
        }
    }
}
