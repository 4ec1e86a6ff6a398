//! The programs the quiz asks about. Their tests are the proofs of the answers.

use std::time::Duration;

use tokio::time::Instant;

// ANCHOR: refill
/// One token for every whole 100 ms since the last look.
pub fn refill(tokens: &mut u128, last: &mut Instant) {
    *tokens += last.elapsed().as_millis() / 100;
    *last = Instant::now();
}
// ANCHOR_END: refill

// ANCHOR: beat
/// Beats every 100 ms, and is held up for 350 ms after the second beat.
pub async fn beat(mut beat: impl FnMut()) {
    let mut ticks = tokio::time::interval(Duration::from_millis(100));
    for tick in 1..=6 {
        ticks.tick().await;
        beat();
        if tick == 2 {
            tokio::time::sleep(Duration::from_millis(350)).await;
        }
    }
}
// ANCHOR_END: beat

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn looked_at_too_often_it_never_fills() {
        let (mut tokens, mut last) = (0, Instant::now());
        for _ in 0..200 {
            tokio::time::sleep(Duration::from_millis(50)).await;
            refill(&mut tokens, &mut last);
        }
        assert_eq!(tokens, 0);
    }

    #[tokio::test(start_paused = true)]
    async fn what_was_missed_comes_at_once() {
        let started = Instant::now();
        let mut beats = Vec::new();
        beat(|| beats.push(started.elapsed().as_millis())).await;
        assert_eq!(beats, [0, 100, 450, 450, 450, 500]);
    }
}
