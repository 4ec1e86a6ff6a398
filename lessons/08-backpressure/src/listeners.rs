//! Many listeners to one announcer: every announcement, or the latest one.

use tokio::sync::broadcast::error::RecvError;
use tokio::sync::{broadcast, watch};

// ANCHOR: gives_up
/// The announcements at a station, as one loudspeaker repeats them.
pub async fn repeat_until_first_loss(mut station: broadcast::Receiver<u32>) -> Vec<u32> {
    let mut repeated = Vec::new();
    while let Ok(announcement) = station.recv().await {
        repeated.push(announcement);
    }
    repeated
}
// ANCHOR_END: gives_up

// ANCHOR: goes_on
/// The announcements at a station, and how many were missed.
pub async fn repeat(mut station: broadcast::Receiver<u32>) -> (Vec<u32>, u64) {
    let (mut repeated, mut missed) = (Vec::new(), 0);
    loop {
        match station.recv().await {
            Ok(announcement) => repeated.push(announcement),
            // We were too slow, and are where the oldest that is left begins.
            Err(RecvError::Lagged(count)) => missed += count,
            Err(RecvError::Closed) => return (repeated, missed),
        }
    }
}
// ANCHOR_END: goes_on

// ANCHOR: latest
/// Shows a temperature until there is none to come, and returns all that were shown.
pub async fn show(mut degrees: watch::Receiver<i32>) -> Vec<i32> {
    // The value that is there already is nobody's news: `changed` does not wait for it.
    let mut shown = vec![*degrees.borrow_and_update()];
    while degrees.changed().await.is_ok() {
        // Copied in one statement: the guard is a read lock, and must not live on.
        let now = *degrees.borrow_and_update();
        shown.push(now);
    }
    shown
}
// ANCHOR_END: latest

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_slow_listener_misses_the_oldest_and_may_go_on() {
        let (station, slow) = broadcast::channel(4);
        let gives_up = slow.resubscribe();
        for announcement in 1..=10 {
            station.send(announcement).expect("somebody listens");
        }
        drop(station);
        assert_eq!(repeat(slow).await, (vec![7, 8, 9, 10], 6));
        assert_eq!(repeat_until_first_loss(gives_up).await, Vec::<u32>::new());
    }

    #[tokio::test]
    async fn the_last_value_is_shown_although_the_sender_is_gone() {
        let (thermometer, degrees) = watch::channel(20);
        let shown = tokio::spawn(show(degrees));
        tokio::task::yield_now().await;
        thermometer.send(21).expect("somebody looks");
        thermometer.send(22).expect("somebody looks");
        drop(thermometer);
        assert_eq!(shown.await.expect("no panic"), [20, 22]);
    }
}
