//! Dropping a future at every point where it can be dropped (T11).
//!
//! A future that is cancelled is dropped between two polls. Sweeping `polls` from 0 to
//! [`polls_to_finish`] visits every await point at which that can happen:
//!
//! ```ignore
//! for polls in 0..polls_to_finish(|| forward(…)).await {
//!     let (input, output) = fresh_channels();
//!     cancel_after(polls, forward(&input, &output)).await;
//!     expect_eq("items, wherever it was cancelled", all, drain(input, output));
//! }
//! ```

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::task::Poll;

use crate::clock::settle;

/// A future that has not finished after this many polls is taken to poll in a circle.
const TOO_MANY: usize = 10_000;

/// Polls `future` at most `polls` times and drops it. Between two polls everything else may run until it waits.
/// Returns the output if the future finished before.
pub async fn cancel_after<F: Future>(polls: usize, future: F) -> Option<F::Output> {
    let mut future = pin!(future);
    for _ in 0..polls {
        let once = poll_fn(|context| Poll::Ready(future.as_mut().poll(context)));
        if let Poll::Ready(output) = once.await {
            return Some(output);
        }
        settle().await;
    }
    None
}

/// How many polls the future takes to finish if it is polled as [`cancel_after`] polls it. The bound of a sweep.
///
/// # Panics
///
/// If it does not finish within 10 000 polls.
pub async fn polls_to_finish<F: Future>(future: F) -> usize {
    let mut future = pin!(future);
    for polls in 1..=TOO_MANY {
        let once = poll_fn(|context| Poll::Ready(future.as_mut().poll(context).is_ready()));
        if once.await {
            return polls;
        }
        settle().await;
    }
    panic!("not finished after {TOO_MANY} polls")
}
