//! caught by: stages_work_at_the_same_time (failed)
//! idea: A stream of buffered calls works on while the next stream is busy.

use std::future::Future;
use std::num::NonZeroUsize;

use futures::stream::BoxStream;
use futures::{StreamExt, TryStreamExt, stream};

pub struct Pipeline<T, E> {
    items: BoxStream<'static, Result<T, E>>,
}

impl<T: Send + 'static, E: Send + 'static> Pipeline<T, E> {
    pub fn source<I>(items: I, buffer: NonZeroUsize) -> Self
    where
        I: IntoIterator<Item = T>,
        I::IntoIter: Send + 'static,
    {
        let _ = buffer;
        Self { items: stream::iter(items.into_iter().map(Ok)).boxed() }
    }

    pub fn stage<R, F, Fut>(self, workers: NonZeroUsize, f: F) -> Pipeline<R, E>
    where
        R: Send + 'static,
        F: Fn(T) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<R, E>> + Send + 'static,
    {
        let f = std::sync::Arc::new(f);
        let calls = self.items.map(move |item| {
            let f = f.clone();
            async move { f(item?).await }
        });
        Pipeline { items: calls.buffered(workers.get()).boxed() }
    }

    pub async fn run(self) -> Result<Vec<T>, E> {
        self.items.try_collect().await
    }
}
