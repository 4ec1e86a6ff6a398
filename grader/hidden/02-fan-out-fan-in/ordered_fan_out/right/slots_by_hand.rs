//! right: A hand-written poll over a row of slots; refills them from the back, and wakes itself instead of looping.

use std::future::Future;
use std::num::NonZeroUsize;

use std::future::poll_fn;
use std::pin::Pin;
use std::task::Poll;

pub async fn map_concurrent<I, R, F, Fut>(items: I, limit: NonZeroUsize, mut f: F) -> Vec<R>
where
    I: IntoIterator,
    F: FnMut(I::Item) -> Fut,
    Fut: Future<Output = R> + Send + 'static,
    R: Send + 'static,
{
    let mut items = items.into_iter();
    let mut results = Vec::new();
    let mut slots: Vec<Option<(usize, Pin<Box<Fut>>)>> = (0..limit.get()).map(|_| None).collect();
    poll_fn(|context| {
        let mut changed = false;
        for slot in slots.iter_mut().rev() {
            if slot.is_none()
                && let Some(item) = items.next()
            {
                *slot = Some((results.len(), Box::pin(f(item))));
                results.push(None);
            }
            if let Some((index, future)) = slot
                && let Poll::Ready(result) = future.as_mut().poll(context)
            {
                results[*index] = Some(result);
                *slot = None;
                changed = true;
            }
        }
        if changed {
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        if slots.iter().all(Option::is_none) { Poll::Ready(()) } else { Poll::Pending }
    })
    .await;
    results.into_iter().flatten().collect()
}
