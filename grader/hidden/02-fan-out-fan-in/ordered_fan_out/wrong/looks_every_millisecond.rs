//! caught by: waiting_costs_nothing (failed)
//! idea: A short sleep in a loop is as good as being woken.

use std::future::Future;
use std::num::NonZeroUsize;

use tokio::time::{Duration, sleep};
use tokio_util::task::AbortOnDropHandle;

pub async fn map_concurrent<I, R, F, Fut>(items: I, limit: NonZeroUsize, mut f: F) -> Vec<R>
where
    I: IntoIterator,
    F: FnMut(I::Item) -> Fut,
    Fut: Future<Output = R> + Send + 'static,
    R: Send + 'static,
{
    let mut items = items.into_iter().peekable();
    let mut tasks: Vec<AbortOnDropHandle<R>> = Vec::new();
    let (mut seen, mut results) = (Vec::new(), Vec::new());
    loop {
        let mut running = 0;
        for index in 0..tasks.len() {
            if seen[index] {
                continue;
            }
            if !tasks[index].is_finished() {
                running += 1;
                continue;
            }
            seen[index] = true;
            results.push((index, (&mut tasks[index]).await.unwrap()));
        }
        while running < limit.get()
            && let Some(item) = items.next()
        {
            tasks.push(AbortOnDropHandle::new(tokio::spawn(f(item))));
            seen.push(false);
            running += 1;
        }
        if running == 0 {
            break;
        }
        sleep(Duration::from_millis(1)).await;
    }
    results.sort_by_key(|(index, _)| *index);
    results.into_iter().map(|(_, result)| result).collect()
}
