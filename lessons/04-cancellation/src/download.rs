//! A download of ten pieces, and somebody who does not want to wait for ever.

use std::time::Duration;

use tokio::signal;
use tokio::time::error::Elapsed;
use tokio::time::{sleep, timeout};
use tokio_util::sync::{CancellationToken, DropGuard};

use crate::journal::Journal;

/// How many pieces there are.
pub const PIECES: usize = 10;

/// How long the network takes for one.
pub const PER_PIECE: Duration = Duration::from_millis(100);

// ANCHOR: download
/// Fetches ten pieces, one after the other. Returns how many there are.
pub async fn download(journal: &Journal) -> usize {
    let mut fetched = 0;
    for piece in 1..=PIECES {
        let going = journal.begin(format!("piece {piece}"));
        sleep(PER_PIECE).await;
        going.done();
        fetched += 1;
    }
    fetched
}
// ANCHOR_END: download

// ANCHOR: within
/// `None` if the user has cancelled, and an error if it took too long.
pub async fn download_within(
    journal: &Journal,
    patience: Duration,
    user: &CancellationToken,
) -> Result<Option<usize>, Elapsed> {
    timeout(patience, user.run_until_cancelled(download(journal))).await
}
// ANCHOR_END: within

// ANCHOR: ctrl_c
/// Cancels the token when the user presses Ctrl-C.
pub async fn cancel_on_ctrl_c(user: CancellationToken) {
    if signal::ctrl_c().await.is_ok() {
        user.cancel();
    }
}
// ANCHOR_END: ctrl_c

// ANCHOR: guard
/// A token, and a guard that cancels it when dropped: at the end, at a `?`, in a panic.
pub fn until_i_return() -> (CancellationToken, DropGuard) {
    let token = CancellationToken::new();
    (token.clone(), token.drop_guard())
}
// ANCHOR_END: guard

#[cfg(test)]
mod tests {
    use tokio::time::Instant;

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn enough_patience_gets_everything() {
        let journal = Journal::silent();
        let user = CancellationToken::new();
        assert_eq!(download_within(&journal, Duration::from_secs(2), &user).await, Ok(Some(10)));
        assert_eq!(journal.now(), Duration::from_secs(1));
    }

    #[tokio::test(start_paused = true)]
    async fn at_the_limit_the_running_piece_is_dropped_and_no_other_begins() {
        let journal = Journal::silent();
        let user = CancellationToken::new();
        assert!(download_within(&journal, Duration::from_millis(550), &user).await.is_err());
        assert_eq!(journal.now(), Duration::from_millis(550));
        assert!(journal.lines().contains("  550 ms  piece 6    is dropped"));
        assert!(!journal.lines().contains("piece 7"));
        assert!(!user.is_cancelled());
    }

    #[tokio::test(start_paused = true)]
    async fn whoever_has_cancelled_already_gets_nothing() {
        let journal = Journal::silent();
        let user = CancellationToken::new();
        user.cancel();
        assert_eq!(download_within(&journal, Duration::from_secs(2), &user).await, Ok(None));
        assert_eq!(journal.lines(), "");
    }

    #[tokio::test(start_paused = true)]
    async fn extreme_patience_is_patience() {
        let started = Instant::now();
        let user = CancellationToken::new();
        assert_eq!(download_within(&Journal::silent(), Duration::MAX, &user).await, Ok(Some(10)));
        assert_eq!(started.elapsed(), Duration::from_secs(1));
    }

    #[test]
    fn a_dropped_guard_cancels_and_a_dropped_token_does_not() {
        let (token, guard) = until_i_return();
        drop(token.clone());
        drop(token.child_token());
        assert!(!token.is_cancelled());
        drop(guard);
        assert!(token.is_cancelled());
    }
}
