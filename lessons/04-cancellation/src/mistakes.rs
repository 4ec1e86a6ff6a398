//! Programs that are wrong on purpose. Each compiles and looks right.

use std::thread;
use std::time::Duration;

use tokio::sync::mpsc::Receiver;
use tokio::time::error::Elapsed;
use tokio::time::{Instant, interval, interval_at, sleep, timeout};
use tokio_util::sync::CancellationToken;

use crate::download::download;
use crate::journal::Journal;
use crate::loops::carry;

// ANCHOR: detached
/// Waits for the download, but not longer than `patience`.
pub async fn download_in_a_task(journal: &Journal, patience: Duration) -> Option<usize> {
    let journal = journal.clone();
    let task = tokio::spawn(async move { download(&journal).await });
    match timeout(patience, task).await {
        Ok(fetched) => Some(fetched.expect("a download does not panic")),
        Err(_) => None,
    }
}
// ANCHOR_END: detached

// ANCHOR: in_one_go
/// Thinks for 20 ms, and is given one.
pub async fn in_one_go() -> Result<u32, Elapsed> {
    let answer = async {
        thread::sleep(Duration::from_millis(20));
        42
    };
    timeout(Duration::from_millis(1), answer).await
}
// ANCHOR_END: in_one_go

// ANCHOR: some_pattern
/// Prints lines as they come; while there are none, says so every second.
pub async fn follow(journal: &Journal, mut lines: Receiver<&'static str>) {
    let mut beat = interval(Duration::from_secs(1));
    loop {
        tokio::select! {
            Some(line) = lines.recv() => journal.note("line", line),
            _ = beat.tick() => journal.note("beat", "nothing new"),
        }
    }
}
// ANCHOR_END: some_pattern

// ANCHOR: none_is_later
/// Counts lines until it is told to stop.
pub async fn count(mut lines: Receiver<&'static str>, stop: CancellationToken) -> usize {
    let mut count = 0;
    loop {
        tokio::select! {
            line = lines.recv() => {
                if line.is_some() {
                    count += 1;
                }
            }
            () = stop.cancelled() => return count,
        }
    }
}
// ANCHOR_END: none_is_later

// ANCHOR: handler_in_the_branch
/// Carries letters, 30 ms each, and looks up whenever the clock strikes.
pub async fn postman(journal: &Journal, mut letters: Receiver<u32>) {
    let beat = Duration::from_millis(50);
    let mut clock = interval_at(Instant::now() + beat, beat);
    loop {
        tokio::select! {
            carried = async {
                let letter = letters.recv().await?;
                carry(journal, letter).await;
                Some(())
            } => {
                if carried.is_none() {
                    return;
                }
            }
            _ = clock.tick() => journal.note("clock", "strikes"),
        }
    }
}
// ANCHOR_END: handler_in_the_branch

// ANCHOR: letters_first
/// Delivers letters, 2 ms each, until it is called home. Returns how many were delivered.
pub async fn deliver(mut letters: Receiver<u32>, home: CancellationToken) -> usize {
    let mut delivered = 0;
    loop {
        tokio::select! {
            biased;
            Some(_letter) = letters.recv() => {
                sleep(Duration::from_millis(2)).await;
                delivered += 1;
            }
            () = home.cancelled() => return delivered,
        }
    }
}
// ANCHOR_END: letters_first

// ANCHOR: sleep_in_the_branch
/// Listens for 100 ms. Returns how many words were said.
pub async fn listen(mut words: Receiver<&'static str>) -> usize {
    let mut heard = 0;
    loop {
        tokio::select! {
            Some(_) = words.recv() => heard += 1,
            () = sleep(Duration::from_millis(100)) => return heard,
        }
    }
}
// ANCHOR_END: sleep_in_the_branch

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use tokio::sync::mpsc;
    use tokio::task::yield_now;

    use super::*;
    use crate::loops;

    #[tokio::test(start_paused = true)]
    async fn a_timeout_around_a_handle_stops_the_waiting_and_nothing_else() {
        let journal = Journal::silent();
        assert_eq!(download_in_a_task(&journal, Duration::from_millis(550)).await, None);
        assert_eq!(journal.now(), Duration::from_millis(550));
        sleep(Duration::from_secs(1)).await;
        assert!(journal.lines().contains(" 1000 ms  piece 10   is done"));
    }

    #[tokio::test]
    async fn without_an_await_there_is_nothing_to_interrupt() {
        assert_eq!(in_one_go().await, Ok(42));
    }

    #[tokio::test(start_paused = true)]
    async fn a_pattern_that_does_not_match_switches_its_branch_off_and_the_loop_lives_on() {
        let journal = Journal::silent();
        let (lines, received) = mpsc::channel(1);
        drop(lines);
        assert!(timeout(Duration::from_secs(60), follow(&journal, received)).await.is_err());
        assert!(journal.lines().lines().count() >= 60);
    }

    #[tokio::test]
    async fn none_again_and_again_is_a_busy_loop() {
        let (lines, received) = mpsc::channel(1);
        drop(lines);
        let stop = CancellationToken::new();
        let polls = Arc::new(AtomicUsize::new(0));
        let counting = {
            let polls = polls.clone();
            let mut counting = Box::pin(count(received, stop.clone()));
            tokio::spawn(std::future::poll_fn(move |context| {
                polls.fetch_add(1, Ordering::Relaxed);
                counting.as_mut().poll(context)
            }))
        };
        // Nothing ever happens here, and still it is polled in every turn.
        for _ in 0..100 {
            yield_now().await;
        }
        assert!(polls.load(Ordering::Relaxed) >= 90);
        stop.cancel();
        assert_eq!(counting.await.expect("no panic"), 0);
    }

    async fn letters(count: u32) -> Receiver<u32> {
        let (letters, received) = mpsc::channel(1000);
        for letter in 1..=count {
            letters.send(letter).await.expect("there is room");
        }
        received
    }

    #[tokio::test(start_paused = true)]
    async fn a_handler_in_the_branch_is_dropped_with_its_letter() {
        let journal = Journal::silent();
        postman(&journal, letters(4).await).await;
        for lost in [2, 4] {
            assert!(journal.lines().contains(&format!("letter {lost}   is dropped")), "{journal}");
        }
        assert_eq!(journal.lines().matches("is done").count(), 2);

        let journal = Journal::silent();
        loops::postman(&journal, letters(4).await).await;
        assert_eq!(journal.lines().matches("is done").count(), 4, "{journal}");
    }

    async fn called_home_after_5_ms(home: CancellationToken) {
        sleep(Duration::from_millis(5)).await;
        home.cancel();
    }

    #[tokio::test(start_paused = true)]
    async fn a_busy_branch_that_comes_first_is_the_only_one() {
        let home = CancellationToken::new();
        tokio::spawn(called_home_after_5_ms(home.clone()));
        assert_eq!(deliver(letters(1000).await, home).await, 1000);
    }

    #[tokio::test(start_paused = true)]
    async fn looking_home_first_ends_after_the_third_letter() {
        let home = CancellationToken::new();
        tokio::spawn(called_home_after_5_ms(home.clone()));
        assert_eq!(loops::deliver(letters(1000).await, home).await, 3);
    }

    /// Ten words, one every 40 ms, the first after 40 ms.
    fn talk() -> Receiver<&'static str> {
        let (words, received) = mpsc::channel(1);
        tokio::spawn(async move {
            for _ in 0..10 {
                sleep(Duration::from_millis(40)).await;
                // The listener may have had enough.
                let _ = words.send("well").await;
            }
        });
        received
    }

    #[tokio::test(start_paused = true)]
    async fn a_sleep_that_is_made_anew_never_comes_while_there_are_words() {
        let started = Instant::now();
        assert_eq!(listen(talk()).await, 10);
        assert_eq!(started.elapsed(), Duration::from_millis(10 * 40 + 100));
    }

    #[tokio::test(start_paused = true)]
    async fn a_sleep_that_is_made_once_ends_when_it_should() {
        let started = Instant::now();
        assert_eq!(loops::listen(talk()).await, 2);
        assert_eq!(started.elapsed(), Duration::from_millis(100));
    }
}
