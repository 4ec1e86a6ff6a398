//! The same pipeline as a stream, and a stage that does several items at once.

use std::num::NonZeroUsize;
use std::sync::Arc;

use futures::stream::{self, Stream, StreamExt};
use tokio::sync::mpsc::{self, Receiver};
use tokio_stream::wrappers::ReceiverStream;

use crate::numbers::{filter, generate};
use crate::step::{Step, Steps};

// ANCHOR: chained
/// The even squares of 1 to `last`.
pub async fn chained(last: u64, steps: Steps) -> Vec<u64> {
    stream::iter(1..=last)
        .then(|number| steps.generate.on(number))
        .then(|number| steps.square.on(number * number))
        .then(|square| steps.filter.on(square))
        .filter(|square| std::future::ready(square % 2 == 0))
        .collect()
        .await
}
// ANCHOR_END: chained

// ANCHOR: wide
/// The square of every number, in their order, with up to `workers` in progress.
pub fn wide_square(
    input: Receiver<u64>,
    step: Step,
    // bound: so many squares are in progress at once
    workers: NonZeroUsize,
) -> impl Stream<Item = u64> {
    let step = Arc::new(step);
    let square = move |number: u64| {
        let step = step.clone();
        async move { step.on(number * number).await }
    };
    ReceiverStream::new(input).map(square).buffered(workers.get())
}
// ANCHOR_END: wide

/// The even squares of 1 to `last`, with up to `workers` squares in progress.
pub async fn three_stages_one_wide(last: u64, steps: Steps, workers: NonZeroUsize) -> Vec<u64> {
    let (output, squares) = mpsc::channel(1);
    let mut wide = wide_square(generate(last, steps.generate, NonZeroUsize::MIN), steps.square, workers);
    // A task of its own, or the squares would stand still while the last stage works.
    tokio::spawn(async move {
        while let Some(square) = wide.next().await {
            if output.send(square).await.is_err() {
                return;
            }
        }
    });
    ReceiverStream::new(filter(squares, steps.filter, NonZeroUsize::MIN)).collect().await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::Journal;
    use crate::testing::count;

    #[tokio::test(start_paused = true)]
    async fn what_is_only_chained_does_not_overlap() {
        let journal = Journal::silent();
        assert_eq!(chained(6, Steps::taking([20, 60, 20], &journal)).await, [4, 16, 36]);
        assert_eq!(journal.total(), 6 * 100);
    }

    #[tokio::test(start_paused = true)]
    async fn three_at_once_are_no_longer_the_slowest() {
        let journal = Journal::silent();
        let numbers = generate(6, Step::new("generate", 20, &journal), count(1));
        let squares: Vec<u64> = wide_square(numbers, Step::new("square", 60, &journal), count(3)).collect().await;
        assert_eq!(squares, [1, 4, 9, 16, 25, 36]);
        assert_eq!((journal.total(), journal.peak("square")), (20 + 60 + 5 * 20, 3));
    }
    #[tokio::test(start_paused = true)]
    async fn a_wide_stage_feeds_the_next_one() {
        for (workers, total) in [(1, 400), (2, 240), (3, 200), (4, 200)] {
            let journal = Journal::silent();
            let steps = Steps::taking([20, 60, 20], &journal);
            assert_eq!(three_stages_one_wide(6, steps, count(workers)).await, [4, 16, 36]);
            assert_eq!((journal.total(), journal.peak("square")), (total, workers.min(3)), "{workers}");
        }
    }
}
