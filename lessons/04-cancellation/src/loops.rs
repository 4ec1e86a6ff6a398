//! Waiting for several things at once.

use std::pin::pin;
use std::time::Duration;

use tokio::sync::mpsc::Receiver;
use tokio::time::{Instant, interval_at, sleep, timeout};
use tokio_util::sync::CancellationToken;

use crate::journal::Journal;

// ANCHOR: tail
/// Prints lines until there can be no more. Says so when none has come for a second.
pub async fn tail(journal: &Journal, mut lines: Receiver<&'static str>) {
    loop {
        match timeout(Duration::from_secs(1), lines.recv()).await {
            Ok(Some(line)) => journal.note("line", line),
            Ok(None) => return,
            Err(_) => journal.note("beat", "nothing new"),
        }
    }
}
// ANCHOR_END: tail

/// Carries a letter to where it belongs.
pub async fn carry(journal: &Journal, letter: u32) {
    let going = journal.begin(format!("letter {letter}"));
    sleep(Duration::from_millis(30)).await;
    going.done();
}

/// [`mistakes::postman`](crate::mistakes::postman), with nothing in the branch but the receiving.
pub async fn postman(journal: &Journal, mut letters: Receiver<u32>) {
    let beat = Duration::from_millis(50);
    let mut clock = interval_at(Instant::now() + beat, beat);
    loop {
        tokio::select! {
            letter = letters.recv() => match letter {
                Some(letter) => carry(journal, letter).await,
                None => return,
            },
            _ = clock.tick() => journal.note("clock", "strikes"),
        }
    }
}

/// [`mistakes::deliver`](crate::mistakes::deliver), in the other order.
pub async fn deliver(mut letters: Receiver<u32>, home: CancellationToken) -> usize {
    let mut delivered = 0;
    loop {
        tokio::select! {
            biased;
            () = home.cancelled() => return delivered,
            letter = letters.recv() => match letter {
                Some(_letter) => sleep(Duration::from_millis(2)).await,
                None => return delivered,
            },
        }
        delivered += 1;
    }
}

// ANCHOR: listen
/// Listens for 100 ms. Returns how many words were said.
pub async fn listen(mut words: Receiver<&'static str>) -> usize {
    let mut enough = pin!(sleep(Duration::from_millis(100)));
    let mut heard = 0;
    loop {
        tokio::select! {
            Some(_) = words.recv() => heard += 1,
            () = &mut enough => return heard,
        }
    }
}
// ANCHOR_END: listen

#[cfg(test)]
mod tests {
    use tokio::sync::mpsc;

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn silence_is_not_the_end_and_the_end_is_not_silence() {
        let journal = Journal::silent();
        let (lines, received) = mpsc::channel(1);
        tokio::spawn(async move {
            for line in ["one", "two"] {
                sleep(Duration::from_millis(1500)).await;
                lines.send(line).await.expect("somebody prints");
            }
        });
        tail(&journal, received).await;
        assert_eq!(journal.now(), Duration::from_millis(3000));
        let expected = [
            " 1000 ms  beat       nothing new",
            " 1500 ms  line       one",
            " 2500 ms  beat       nothing new",
            " 3000 ms  line       two",
        ];
        assert_eq!(journal.lines().lines().collect::<Vec<_>>(), expected);
    }
}
