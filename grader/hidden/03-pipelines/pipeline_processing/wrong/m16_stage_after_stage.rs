//! caught by: stages_work_at_the_same_time (failed)
//! idea: Every stage is async, so they overlap by themselves.

use std::future::Future;
use std::num::NonZeroUsize;

use futures::future::{BoxFuture, FutureExt};
use futures::{StreamExt, TryStreamExt, stream};

pub struct Pipeline<T, E> {
    items: BoxFuture<'static, Result<Vec<T>, E>>,
}

impl<T: Send + 'static, E: Send + 'static> Pipeline<T, E> {
    pub fn source<I>(items: I, buffer: NonZeroUsize) -> Self
    where
        I: IntoIterator<Item = T>,
        I::IntoIter: Send + 'static,
    {
        let _ = buffer;
        let items = items.into_iter();
        Self { items: async move { Ok(items.collect()) }.boxed() }
    }

    pub fn stage<R, F, Fut>(self, workers: NonZeroUsize, f: F) -> Pipeline<R, E>
    where
        R: Send + 'static,
        F: Fn(T) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<R, E>> + Send + 'static,
    {
        let items = self.items;
        let results = async move {
            let items = items.await?;
            stream::iter(items).map(f).buffered(workers.get()).try_collect().await
        };
        Pipeline { items: results.boxed() }
    }

    pub async fn run(self) -> Result<Vec<T>, E> {
        self.items.await
    }
}
