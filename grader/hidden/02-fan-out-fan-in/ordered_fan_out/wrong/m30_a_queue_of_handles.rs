//! caught by: a_slow_item_holds_up_one_place (failed)
//! idea: A queue of `limit` tasks, read at the front, keeps `limit` tasks running.

use std::future::Future;
use std::num::NonZeroUsize;

use std::collections::VecDeque;

use tokio_util::task::AbortOnDropHandle;

pub async fn map_concurrent<I, R, F, Fut>(items: I, limit: NonZeroUsize, mut f: F) -> Vec<R>
where
    I: IntoIterator,
    F: FnMut(I::Item) -> Fut,
    Fut: Future<Output = R> + Send + 'static,
    R: Send + 'static,
{
    let mut items = items.into_iter();
    let mut queue = VecDeque::new();
    let mut results = Vec::new();
    loop {
        while queue.len() < limit.get()
            && let Some(item) = items.next()
        {
            queue.push_back(AbortOnDropHandle::new(tokio::spawn(f(item))));
        }
        match queue.pop_front() {
            Some(task) => results.push(task.await.unwrap()),
            None => return results,
        }
    }
}
