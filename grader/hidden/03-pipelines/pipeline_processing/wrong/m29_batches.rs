//! caught by: the_next_call_begins_when_the_frontmost_has_ended (failed)
//! idea: A stage with n workers takes n items, waits for their calls, and takes the next n.

use std::future::Future;
use std::num::NonZeroUsize;

use futures::future::join_all;
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
    loop {
        let mut batch = Vec::new();
        while batch.len() < workers {
            let Some(item) = input.recv().await else { break };
            batch.push(item);
        }
        if batch.is_empty() {
            break;
        }
        let calls = batch.into_iter().map(|item| async move { f(item?).await });
        for result in join_all(calls).await {
            if tx.send(result).await.is_err() {
                return;
            }
        }
    }
}
