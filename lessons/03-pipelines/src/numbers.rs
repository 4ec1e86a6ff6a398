//! Generate numbers, square them, keep the even squares: in one loop, and in three stages.

use std::num::NonZeroUsize;

use tokio::sync::mpsc::{self, Receiver};

use crate::step::{Step, Steps};

// ANCHOR: one_loop
/// The even squares of 1 to `last`.
pub async fn one_loop(last: u64, steps: Steps) -> Vec<u64> {
    let mut kept = Vec::new();
    for number in 1..=last {
        let number = steps.generate.on(number).await;
        let square = steps.square.on(number * number).await;
        if steps.filter.on(square).await % 2 == 0 {
            kept.push(square);
        }
    }
    kept
}
// ANCHOR_END: one_loop

// ANCHOR: generate
/// The numbers from 1 to `last`.
pub fn generate(last: u64, step: Step, room: NonZeroUsize) -> Receiver<u64> {
    let (output, numbers) = mpsc::channel(room.get());
    tokio::spawn(async move {
        for number in 1..=last {
            if output.send(step.on(number).await).await.is_err() {
                return;
            }
        }
    });
    numbers
}
// ANCHOR_END: generate

// ANCHOR: square
/// The square of every number.
pub fn square(mut input: Receiver<u64>, step: Step, room: NonZeroUsize) -> Receiver<u64> {
    // own the ends: the task gets the receiver and the only sender
    // bound: so many squares may wait, and one more in the hand of the task
    let (output, squares) = mpsc::channel(room.get());
    tokio::spawn(async move {
        while let Some(number) = input.recv().await {
            // run
            let square = step.on(number * number).await;
            if output.send(square).await.is_err() {
                // stop: nobody reads any more
                return;
            }
        }
        // stop: the sender goes with the task, and closes the output
    });
    squares
}
// ANCHOR_END: square

// ANCHOR: filter
/// The even ones, in their order.
pub fn filter(mut input: Receiver<u64>, step: Step, room: NonZeroUsize) -> Receiver<u64> {
    let (output, kept) = mpsc::channel(room.get());
    tokio::spawn(async move {
        while let Some(square) = input.recv().await {
            let square = step.on(square).await;
            if square % 2 == 0 && output.send(square).await.is_err() {
                return;
            }
        }
    });
    kept
}
// ANCHOR_END: filter

// ANCHOR: three_stages
/// The even squares of 1 to `last`.
pub async fn three_stages(last: u64, steps: Steps, room: NonZeroUsize) -> Vec<u64> {
    let numbers = generate(last, steps.generate, room);
    let squares = square(numbers, steps.square, room);
    let mut kept = filter(squares, steps.filter, room);
    // collect
    let mut all = Vec::new();
    while let Some(square) = kept.recv().await {
        all.push(square);
    }
    all
}
// ANCHOR_END: three_stages

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::Journal;
    use crate::testing::{count, settle, tasks};

    const PACE: [u64; 3] = [20, 60, 20];

    #[tokio::test(start_paused = true)]
    async fn one_loop_takes_the_sum_of_everything() {
        let journal = Journal::silent();
        assert_eq!(one_loop(6, Steps::taking(PACE, &journal)).await, [4, 16, 36]);
        assert_eq!(journal.total(), 6 * 100);
    }

    #[tokio::test(start_paused = true)]
    async fn three_stages_take_one_of_each_and_then_the_slowest() {
        for room in [1, 2, 10] {
            let journal = Journal::silent();
            assert_eq!(three_stages(6, Steps::taking(PACE, &journal), count(room)).await, [4, 16, 36]);
            assert_eq!(journal.total(), 100 + 5 * 60);
            settle().await;
            assert_eq!(tasks(), 0);
        }
    }

    #[tokio::test(start_paused = true)]
    async fn two_stages_of_10_and_30_ms_need_310_ms_for_ten_numbers() {
        let journal = Journal::silent();
        let numbers = generate(10, Step::new("generate", 10, &journal), count(1));
        let mut squares = square(numbers, Step::new("square", 30, &journal), count(1));
        while squares.recv().await.is_some() {}
        assert_eq!(journal.total(), 310);
    }

    #[tokio::test(start_paused = true)]
    async fn no_numbers_no_squares() {
        assert!(three_stages(0, Steps::taking(PACE, &Journal::silent()), count(1)).await.is_empty());
    }

    #[tokio::test(start_paused = true)]
    async fn where_nobody_reads_the_source_stands_still() {
        let journal = Journal::silent();
        let Steps { generate: first, square: second, filter: third } = Steps::taking([0; 3], &journal);
        let kept = filter(square(generate(u64::MAX, first, count(3)), second, count(3)), third, count(3));
        settle().await;
        // Each stage holds as many as there is room for, and one in its hand; odd squares are not held at all.
        assert_eq!(journal.count("filter").0, 2 * (3 + 1));
        assert_eq!(journal.count("square").0, 2 * (3 + 1) + 3 + 1);
        assert_eq!(journal.count("generate").0, 2 * (3 + 1) + 2 * (3 + 1));
        drop(kept);
    }

    // Where overflow is not checked, nothing panics.
    #[cfg(debug_assertions)]
    #[tokio::test(start_paused = true)]
    async fn a_panic_in_a_stage_looks_like_an_end() {
        let (output, numbers) = mpsc::channel(2);
        let step = Step::new("square", 0, &Journal::silent());
        let mut squares = square(numbers, step, count(1));
        output.send(3).await.expect("the stage reads");
        output.send(u64::MAX).await.expect("the stage reads");
        assert_eq!((squares.recv().await, squares.recv().await), (Some(9), None));
    }
}
