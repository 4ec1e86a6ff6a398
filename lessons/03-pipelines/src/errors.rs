//! An error in the middle of a pipeline.

use std::error::Error;
use std::fmt::{self, Display, Formatter};

use tokio::sync::mpsc::{self, Receiver};

/// A number whose square does not fit.
#[derive(Debug, PartialEq, Eq)]
pub struct TooLarge(
    /// The number.
    pub u64,
);

impl Display for TooLarge {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "the square of {} does not fit", self.0)
    }
}

impl Error for TooLarge {}

// ANCHOR: checked_square
/// The square of every number, up to the first that has none. The error is the last item.
pub fn checked_square(mut input: Receiver<u64>) -> Receiver<Result<u64, TooLarge>> {
    let (output, squares) = mpsc::channel(1);
    tokio::spawn(async move {
        while let Some(number) = input.recv().await {
            let square = number.checked_mul(number).ok_or(TooLarge(number));
            let failed = square.is_err();
            if output.send(square).await.is_err() || failed {
                return;
            }
        }
    });
    squares
}
// ANCHOR_END: checked_square

// ANCHOR: sum
/// The sum of all squares, or the first error.
pub async fn sum(mut squares: Receiver<Result<u64, TooLarge>>) -> Result<u64, TooLarge> {
    let mut sum = 0;
    while let Some(square) = squares.recv().await {
        sum += square?;
    }
    Ok(sum)
}
// ANCHOR_END: sum

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::Journal;
    use crate::numbers::generate;
    use crate::step::Step;
    use crate::testing::{count, settle, tasks};

    #[tokio::test(start_paused = true)]
    async fn without_an_error_everything_is_summed_up() {
        let numbers = generate(4, Step::new("generate", 0, &Journal::silent()), count(1));
        assert_eq!(sum(checked_square(numbers)).await, Ok(1 + 4 + 9 + 16));
    }

    #[tokio::test(start_paused = true)]
    async fn an_error_comes_after_what_was_in_front_of_it_and_stops_the_source() {
        let (output, numbers) = mpsc::channel(4);
        for number in [2, 3, u64::MAX, 4] {
            output.send(number).await.expect("there is room");
        }
        let mut squares = checked_square(numbers);
        assert_eq!(squares.recv().await, Some(Ok(4)));
        assert_eq!(squares.recv().await, Some(Ok(9)));
        assert_eq!(squares.recv().await, Some(Err(TooLarge(u64::MAX))));
        assert_eq!(squares.recv().await, None);
        assert!(output.is_closed());
    }

    #[tokio::test(start_paused = true)]
    async fn the_error_reaches_the_reader_and_nobody_is_left() {
        let (output, numbers) = mpsc::channel(1);
        output.send(u64::MAX).await.expect("there is room");
        assert_eq!(sum(checked_square(numbers)).await, Err(TooLarge(u64::MAX)));
        settle().await;
        assert_eq!(tasks(), 0);
    }
}
