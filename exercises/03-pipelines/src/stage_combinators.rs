//! # `stage-combinators`: source, map, filter and take over channels
//!
//! `source` makes a channel of anything that can be iterated. A stage takes the receiving end of one channel and gives
//! you that of the next; a task stands in between. Plugged together, they are a pipeline:
//!
//! ```rust,ignore
//! let numbers = source(1_u64..);
//! let squares = map_stage(numbers, |n| n * n);
//! let even = filter_stage(squares, |n| n % 2 == 0);
//! let mut first = take_stage(even, 2);
//!
//! assert_eq!(first.recv().await, Some(4));
//! assert_eq!(first.recv().await, Some(16));
//! assert_eq!(first.recv().await, None); // and nothing of the pipeline is left
//! ```
//!
//! # The contract
//!
//! All four functions are called inside a tokio runtime and return at once; the work is done by tasks of that runtime.
//! The iterator, `f` and `keep` do not block.
//!
//! Passing on
//!
//! - **Order.** Items come out in the order in which they went in, and none is lost, however slowly the end is read.
//!   `f` and `keep` are called once per item, in that order.
//! - **One by one.** An item comes out of a stage as soon as it has gone through. No stage waits for the item after it.
//! - **Room.** While nobody reads its output, a stage takes at most two items, those in its output channel included.
//!   The same goes for `source`, so its iterator may be endless. (Items that a filter has thrown away do not count.)
//!
//! The end travels downstream
//!
//! - **Closing.** When its input is closed and everything in it has been passed on, a stage closes its output. So does
//!   `source` when the iterator has ended.
//! - **Take.** `take_stage(input, n)` passes `n` items on. Right after the n-th it closes its output and drops its
//!   input, without waiting for an item more. With `n = 0` it does so at once. If the input ends before, so does the
//!   stage; `n` may be any number.
//! - **Panic.** A panic in `f` or `keep` ends that stage: its input is dropped and its output closed. What it had
//!   passed on before can still be read.
//!
//! Leaving travels upstream
//!
//! - **Dropped reader.** When the receiver at the end is dropped, all stages and the source end at once. None of them
//!   waits for one more item: not a stage whose input is silent, and not a filter that finds nothing to keep in an
//!   endless source. (An item that is already on its way may still be given to `f` or `keep`.)
//! - **Idle.** A stage that has nothing to do waits. It looks neither at a clock nor again and again.
//! - **Nothing stays.** When a stage ends, its `f` or `keep`, its iterator and the items it held are dropped.

use tokio::sync::mpsc;

/// Sends the items of an iterator, one after the other.
pub fn source<I>(items: I) -> mpsc::Receiver<I::Item>
where
    I: IntoIterator,
    I::IntoIter: Send + 'static,
    I::Item: Send + 'static,
{
    // own the ends · bound: which end goes into the task, which to the caller, and how many items fit in between?
    let _ = items;
    todo!("make a channel, start a task that sends the items, and return the receiver")
}

/// Passes on `f(item)` for every item.
pub fn map_stage<T, R, F>(input: mpsc::Receiver<T>, f: F) -> mpsc::Receiver<R>
where
    T: Send + 'static,
    R: Send + 'static,
    F: FnMut(T) -> R + Send + 'static,
{
    // run
    // stop: two things may happen while this stage waits for an item. One is an item.
    let _ = (input, f);
    todo!("start a task that receives, calls `f` and sends, until either side has gone away")
}

/// Passes on the items that `keep` says yes to.
pub fn filter_stage<T, P>(input: mpsc::Receiver<T>, keep: P) -> mpsc::Receiver<T>
where
    T: Send + 'static,
    P: FnMut(&T) -> bool + Send + 'static,
{
    let _ = (input, keep);
    todo!("as `map_stage`, with some items left out")
}

/// Passes on the first `n` items and ends.
pub fn take_stage<T: Send + 'static>(input: mpsc::Receiver<T>, n: usize) -> mpsc::Receiver<T> {
    // stop
    let _ = input;
    todo!("pass on {n} items, and not wait for another")
}
