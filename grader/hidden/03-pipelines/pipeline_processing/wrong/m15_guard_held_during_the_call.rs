//! caught by: a_wide_stage_keeps_up_with_a_fast_one (failed)
//! idea: The lock in the head of `while let` is only held while the item is received.

use std::future::Future;
use std::num::NonZeroUsize;
use std::sync::Arc;

use tokio::sync::{Mutex, mpsc};
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
        let input = Arc::new(Mutex::new(input));
        let f = Arc::new(f);
        for _ in 0..workers.get() {
            tasks.spawn(work(input.clone(), tx.clone(), f.clone()));
        }
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
    input: Arc<Mutex<mpsc::Receiver<Result<T, E>>>>,
    tx: mpsc::Sender<Result<R, E>>,
    f: Arc<F>,
) where
    F: Fn(T) -> Fut,
    Fut: Future<Output = Result<R, E>>,
{
    while let Some(item) = input.lock().await.recv().await {
        let result = match item {
            Ok(item) => f(item).await,
            Err(error) => Err(error),
        };
        if tx.send(result).await.is_err() {
            break;
        }
    }
}
