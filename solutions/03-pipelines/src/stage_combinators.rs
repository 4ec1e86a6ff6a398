//! # `stage-combinators`: source, map, filter and take over channels
//!
//! - Items come out in order, one by one. While nobody reads its output, a stage takes at most two items; an iterator
//!   may be endless.
//! - A stage closes its output when its input is closed and everything in it has been passed on. `take_stage` does so
//!   right after its last item, and drops its input.
//! - A panic in `f` or `keep` ends the stage.
//! - When the receiver at the end is dropped, everything ends at once, a silent or fruitless stage, too.

use tokio::select;
use tokio::sync::mpsc;

/// Sends the items of an iterator, one after the other.
pub fn source<I>(items: I) -> mpsc::Receiver<I::Item>
where
    I: IntoIterator,
    I::IntoIter: Send + 'static,
    I::Item: Send + 'static,
{
    let (output, receiver) = mpsc::channel(ROOM);
    // Outside the task: the iterator may move to another thread, what it is made from perhaps not.
    let items = items.into_iter();
    tokio::spawn(async move {
        for item in items {
            // Nothing else to watch here. A source never waits for an item, so its next `send` is never far.
            if output.send(item).await.is_err() {
                return;
            }
        }
    });
    receiver
}

/// Passes on `f(item)` for every item.
pub fn map_stage<T, R, F>(input: mpsc::Receiver<T>, mut f: F) -> mpsc::Receiver<R>
where
    T: Send + 'static,
    R: Send + 'static,
    F: FnMut(T) -> R + Send + 'static,
{
    stage(input, usize::MAX, move |item| Some(f(item)))
}

/// Passes on the items that `keep` says yes to.
pub fn filter_stage<T, P>(input: mpsc::Receiver<T>, mut keep: P) -> mpsc::Receiver<T>
where
    T: Send + 'static,
    P: FnMut(&T) -> bool + Send + 'static,
{
    stage(input, usize::MAX, move |item| keep(&item).then_some(item))
}

/// Passes on the first `n` items and ends.
pub fn take_stage<T: Send + 'static>(input: mpsc::Receiver<T>, n: usize) -> mpsc::Receiver<T> {
    stage(input, n, Some)
}

/// One item in the channel and one in the hand of the task make two. A larger channel would only delay the moment at
/// which the slowest stage makes itself felt.
const ROOM: usize = 1;

/// A task that takes at most `most` items and passes on what `step` makes of them.
fn stage<T, R>(
    mut input: mpsc::Receiver<T>,
    most: usize,
    mut step: impl FnMut(T) -> Option<R> + Send + 'static,
) -> mpsc::Receiver<R>
where
    T: Send + 'static,
    R: Send + 'static,
{
    // The only sender there will ever be. A second one, in a task that waits for `closed()` and aborts this one, say,
    // would keep the channel open after the last item.
    let (output, receiver) = mpsc::channel(ROOM);
    // No `catch_unwind`: a panic drops both ends, and that is all that has to happen.
    tokio::spawn(async move {
        // Counted before receiving: a test after it would wait for an item that nobody wants.
        for _ in 0..most {
            let Some(item) = next(&mut input, &output).await else { return };
            if let Some(result) = step(item)
                && output.send(result).await.is_err()
            {
                return;
            }
        }
    });
    receiver
}

/// The next item, or `None` when there will be none, or nobody is left to want one.
///
/// A failing `send` is not enough: as long as no item comes, nothing is sent. With `biased`, the way out comes first,
/// else a stage that always finds an item might look at the door at random, or never.
async fn next<T, R>(input: &mut mpsc::Receiver<T>, output: &mpsc::Sender<R>) -> Option<T> {
    select! {
        biased;
        () = output.closed() => None,
        item = input.recv() => item,
    }
}
