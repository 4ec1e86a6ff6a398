//! A reader who leaves, and a source that takes its time.

use std::num::NonZeroUsize;

use tokio::sync::mpsc::{self, Receiver};

use crate::step::Step;

// ANCHOR: generate
/// The numbers from 1 to `last`.
pub fn generate(last: u64, step: Step, room: NonZeroUsize) -> Receiver<u64> {
    let (output, numbers) = mpsc::channel(room.get());
    tokio::spawn(async move {
        for number in 1..=last {
            let number = tokio::select! {
                // stop: nobody reads any more, and the step in progress is dropped
                () = output.closed() => return,
                number = step.on(number) => number,
            };
            if output.send(number).await.is_err() {
                return;
            }
        }
    });
    numbers
}
// ANCHOR_END: generate

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::Journal;
    use crate::numbers;
    use crate::testing::{count, settle, tasks};

    #[tokio::test(start_paused = true)]
    async fn a_source_that_only_sends_finds_out_with_the_next_number() {
        let journal = Journal::silent();
        drop(numbers::generate(5, Step::new("generate", 60_000, &journal), count(1)));
        settle().await;
        assert_eq!(tasks(), 1);
        tokio::time::sleep(std::time::Duration::from_secs(60)).await;
        assert_eq!((tasks(), journal.total()), (0, 60_000));
    }

    #[tokio::test(start_paused = true)]
    async fn a_source_that_listens_ends_with_its_reader() {
        let journal = Journal::silent();
        let numbers = generate(5, Step::new("generate", 60_000, &journal), count(1));
        settle().await;
        drop(numbers);
        settle().await;
        assert_eq!((tasks(), journal.total()), (0, 1));
    }

    #[tokio::test(start_paused = true)]
    async fn to_whoever_reads_it_is_the_same_source() {
        let mut numbers = generate(3, Step::new("generate", 10, &Journal::silent()), count(1));
        let mut all = Vec::new();
        while let Some(number) = numbers.recv().await {
            all.push(number);
        }
        assert_eq!(all, [1, 2, 3]);
    }

    #[tokio::test(start_paused = true)]
    async fn a_silent_stage_stays_when_its_reader_leaves() {
        let (output, input) = mpsc::channel(1);
        let squares = numbers::square(input, Step::new("square", 0, &Journal::silent()), count(1));
        drop(squares);
        settle().await;
        assert_eq!(tasks(), 1);
        output.send(1).await.expect("it still reads");
        settle().await;
        assert_eq!((tasks(), output.is_closed()), (0, true));
    }
}
