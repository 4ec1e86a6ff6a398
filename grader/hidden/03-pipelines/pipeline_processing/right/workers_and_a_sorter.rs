//! right: as many tasks per stage as workers on one input; a sorter puts the results in order, tickets bound it.

use std::collections::BTreeMap;
use std::future::Future;
use std::num::NonZeroUsize;
use std::sync::Arc;

use tokio::sync::{Mutex, OwnedSemaphorePermit, Semaphore, mpsc};
use tokio::task::JoinSet;

pub struct Pipeline<T, E> {
    tasks: JoinSet<()>,
    output: mpsc::Receiver<Result<T, E>>,
    buffer: usize,
}

/// The input of a stage, with the number of the next item.
struct Numbered<T, E> {
    input: mpsc::Receiver<Result<T, E>>,
    next: usize,
}

/// A result on its way to the sorter, with its number and its ticket.
type Unsorted<R, E> = (usize, Result<R, E>, OwnedSemaphorePermit);

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
        let (tx, output) = mpsc::channel(1);
        let (unsorted, sorter) = mpsc::channel(buffer);
        let input = Arc::new(Mutex::new(Numbered { input, next: 0 }));
        // Whoever takes an item needs a ticket, which is given back when the sorter has passed on the result.
        let tickets = Arc::new(Semaphore::new(buffer + workers.get() - 1));
        let f = Arc::new(f);
        for _ in 0..workers.get() {
            tasks.spawn(work(input.clone(), tickets.clone(), f.clone(), unsorted.clone()));
        }
        tasks.spawn(sort(sorter, tx));
        Pipeline { tasks, output, buffer }
    }

    pub async fn run(self) -> Result<Vec<T>, E> {
        let Pipeline { mut tasks, mut output, .. } = self;
        let mut results = Vec::new();
        let failed = loop {
            tokio::select! {
                // A worker that panics leaves a gap that the sorter would wait for.
                Some(Err(error)) = tasks.join_next() => {
                    tasks.shutdown().await;
                    std::panic::resume_unwind(error.into_panic());
                }
                result = output.recv() => match result {
                    Some(Ok(result)) => results.push(result),
                    Some(Err(error)) => break Some(error),
                    None => break None,
                },
            }
        };
        if failed.is_none() {
            while let Some(joined) = tasks.join_next().await {
                if let Err(error) = joined {
                    tasks.shutdown().await;
                    std::panic::resume_unwind(error.into_panic());
                }
            }
        }
        tasks.shutdown().await;
        failed.map_or(Ok(results), Err)
    }
}

async fn work<T, R, E, F, Fut>(
    input: Arc<Mutex<Numbered<T, E>>>,
    tickets: Arc<Semaphore>,
    f: Arc<F>,
    unsorted: mpsc::Sender<Unsorted<R, E>>,
) where
    F: Fn(T) -> Fut,
    Fut: Future<Output = Result<R, E>>,
{
    loop {
        let (number, item, ticket) = {
            let mut numbered = input.lock().await;
            let ticket = tickets.clone().acquire_owned().await.unwrap();
            let Some(item) = numbered.input.recv().await else { return };
            numbered.next += 1;
            (numbered.next - 1, item, ticket)
        };
        let result = match item {
            Ok(item) => f(item).await,
            Err(error) => Err(error),
        };
        if unsorted.send((number, result, ticket)).await.is_err() {
            return;
        }
    }
}

async fn sort<R, E>(mut unsorted: mpsc::Receiver<Unsorted<R, E>>, tx: mpsc::Sender<Result<R, E>>) {
    let mut waiting = BTreeMap::new();
    let mut next = 0;
    while let Some((number, result, ticket)) = unsorted.recv().await {
        waiting.insert(number, (result, ticket));
        while let Some((result, _ticket)) = waiting.remove(&next) {
            if tx.send(result).await.is_err() {
                return;
            }
            next += 1;
        }
    }
}
