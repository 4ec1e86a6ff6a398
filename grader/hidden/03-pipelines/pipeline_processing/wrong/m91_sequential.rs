//! caught by: as_many_calls_of_a_stage_as_workers (failed)
//! idea: Every item goes through all stages, and the results are right: that is a pipeline.

use std::future::Future;
use std::num::NonZeroUsize;

use futures::future::{BoxFuture, FutureExt};

type Steps<S, T, E> = Box<dyn Fn(S) -> BoxFuture<'static, Result<T, E>> + Send + Sync>;

pub struct Pipeline<T, E> {
    next: Box<dyn FnMut() -> Option<BoxFuture<'static, Result<T, E>>> + Send>,
}

impl<T: Send + 'static, E: Send + 'static> Pipeline<T, E> {
    pub fn source<I>(items: I, buffer: NonZeroUsize) -> Self
    where
        I: IntoIterator<Item = T>,
        I::IntoIter: Send + 'static,
    {
        let _ = buffer;
        let mut items = items.into_iter();
        Self { next: Box::new(move || items.next().map(|item| async move { Ok(item) }.boxed())) }
    }

    pub fn stage<R, F, Fut>(self, workers: NonZeroUsize, f: F) -> Pipeline<R, E>
    where
        R: Send + 'static,
        F: Fn(T) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<R, E>> + Send + 'static,
    {
        let _ = workers;
        let mut next = self.next;
        let f = std::sync::Arc::new(f);
        Pipeline {
            next: Box::new(move || {
                let item = next()?;
                let f = f.clone();
                Some(async move { f(item.await?).await }.boxed())
            }),
        }
    }

    pub async fn run(self) -> Result<Vec<T>, E> {
        let mut next = self.next;
        let mut results = Vec::new();
        while let Some(item) = next() {
            results.push(item.await?);
        }
        Ok(results)
    }
}
