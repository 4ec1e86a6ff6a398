//! Two clerks who write to each other.

use tokio::join;
use tokio::sync::mpsc;

// ANCHOR: clerk
/// Answers every letter with a shorter one, until a letter has no pages left.
pub async fn clerk(mut inbox: mpsc::Receiver<u32>, other: mpsc::Sender<u32>) {
    while let Some(pages) = inbox.recv().await {
        if pages == 0 {
            break;
        }
        if other.send(pages - 1).await.is_err() {
            break;
        }
    }
}
// ANCHOR_END: clerk

/// Two clerks with room for `room` letters each, who get `letters` letters of four pages each from outside. Returns
/// when both have stopped.
pub async fn correspondence(room: usize, letters: usize) {
    let (to_left, left) = mpsc::channel(room);
    let (to_right, right) = mpsc::channel(room);
    let outside = {
        let (to_left, to_right) = (to_left.clone(), to_right.clone());
        async move {
            for _ in 0..letters {
                // Whoever has stopped gets no more letters.
                let _ = to_left.send(4).await;
                let _ = to_right.send(4).await;
            }
        }
    };
    join!(outside, clerk(left, to_right), clerk(right, to_left));
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tokio::time::timeout;

    use super::*;

    const LONG: Duration = Duration::from_secs(60);

    #[tokio::test(start_paused = true)]
    async fn with_room_to_spare_both_clerks_stop() {
        timeout(LONG, correspondence(8, 1)).await.expect("both stop");
        timeout(LONG, correspondence(8, 4)).await.expect("both stop");
    }

    #[tokio::test(start_paused = true)]
    async fn with_full_inboxes_both_wait_in_send() {
        assert!(timeout(LONG, correspondence(1, 3)).await.is_err());
    }
}
