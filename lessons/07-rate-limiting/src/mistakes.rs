//! Limiters and clients that are wrong on purpose. Each compiles and looks right.

use std::sync::Mutex;
use std::time::Duration;

use tokio::sync::Semaphore;
use tokio::time::{Instant, sleep, sleep_until, timeout};

use crate::quota::Quota;
use crate::tap::Tap;

// ANCHOR: forgetful
/// A bucket for 100 tokens, empty at first. One comes every 100 ms.
pub struct Forgetful {
    tokens: u128,
    looked: Instant,
}

impl Forgetful {
    /// How many there are now.
    pub fn tokens(&mut self) -> u128 {
        let earned = self.looked.elapsed().as_millis() / 100;
        self.looked = Instant::now();
        self.tokens = (self.tokens + earned).min(100);
        self.tokens
    }
}
// ANCHOR_END: forgetful

impl Default for Forgetful {
    fn default() -> Self {
        Self { tokens: 0, looked: Instant::now() }
    }
}

// ANCHOR: banked
/// A bucket for five tokens, full at first.
pub struct Banked {
    tokens: u32,
    tap: Tap,
}

impl Banked {
    /// Takes a token, if there is one.
    pub fn take(&mut self) -> bool {
        self.tokens = (self.tokens + self.tap.fallen()).min(5);
        let taken = self.tokens > 0;
        self.tokens -= u32::from(taken);
        taken
    }
}
// ANCHOR_END: banked

impl Banked {
    /// One token every 100 ms.
    pub fn full() -> Self {
        Self { tokens: 5, tap: Tap::dripping(Duration::from_millis(100)) }
    }
}

// ANCHOR: bookings
/// One turn every 100 ms. Each caller books the next free one, and sleeps until then.
pub struct Bookings {
    next_free: Mutex<Instant>,
}

impl Bookings {
    /// Returns when it is the caller's turn.
    pub async fn turn(&self) {
        let mine = {
            let mut next_free = self.next_free.lock().unwrap();
            let mine = (*next_free).max(Instant::now());
            *next_free = mine + Duration::from_millis(100);
            mine
        };
        sleep_until(mine).await;
    }
}
// ANCHOR_END: bookings

impl Default for Bookings {
    fn default() -> Self {
        Self { next_free: Mutex::new(Instant::now()) }
    }
}

// ANCHOR: semaphore
/// Sends a request to a server that allows ten per second.
pub async fn ten_permits<R>(ten: &Semaphore, request: impl Future<Output = R>) -> R {
    let _permit = ten.acquire().await.expect("nobody closes this semaphore");
    request.await
}
// ANCHOR_END: semaphore

// ANCHOR: one_timeout
/// A request may take 100 ms.
pub async fn one_timeout<R>(quota: &Quota, send: impl Future<Output = R>) -> Option<R> {
    let waiting_and_sending = async {
        quota.turn().await;
        send.await
    };
    timeout(Duration::from_millis(100), waiting_and_sending).await.ok()
}
// ANCHOR_END: one_timeout

/// What a server says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// What was asked for.
    Page,
    /// Status 429: not now. Come back after this time.
    Later(Duration),
    /// Status 404: there is no such page.
    Missing,
}

// ANCHOR: stubborn
/// Asks up to four times.
pub async fn stubborn<F>(quota: &Quota, slots: &Semaphore, mut send: F) -> Option<Answer>
where
    F: AsyncFnMut() -> Answer,
{
    let _slot = slots.acquire().await.expect("nobody closes this semaphore");
    quota.turn().await;
    for _ in 0..4 {
        match send().await {
            Answer::Page => return Some(Answer::Page),
            Answer::Later(pause) => sleep(pause).await,
            Answer::Missing => {}
        }
    }
    None
}
// ANCHOR_END: stubborn

#[cfg(test)]
mod tests {
    use std::num::NonZeroUsize;
    use std::sync::Arc;

    use tokio::task::JoinSet;

    use super::*;

    fn ms(milliseconds: u64) -> Duration {
        Duration::from_millis(milliseconds)
    }

    #[tokio::test(start_paused = true)]
    async fn time_that_banks_up_at_full_is_a_token_too_early() {
        let mut banked = Banked::full();
        sleep(ms(190)).await;
        for _ in 0..5 {
            assert!(banked.take());
        }
        assert!(!banked.take());
        sleep(ms(10)).await;
        assert!(banked.take(), "a sixth after 10 ms, where 100 would be right");
    }

    #[tokio::test(start_paused = true)]
    async fn twenty_who_have_given_up_still_have_to_be_waited_for() {
        let (bookings, started) = (Bookings::default(), Instant::now());
        bookings.turn().await;
        for _ in 0..20 {
            assert!(timeout(ms(1), bookings.turn()).await.is_err());
        }
        bookings.turn().await;
        assert_eq!(started.elapsed(), ms(2100));
    }

    #[tokio::test(start_paused = true)]
    async fn ten_permits_and_quick_answers_are_ten_thousand_a_second() {
        let ten = Arc::new(Semaphore::new(10));
        let started = Instant::now();
        let mut callers = JoinSet::new();
        for _ in 0..10 {
            let ten = ten.clone();
            callers.spawn(async move {
                let mut sent = 0;
                while started.elapsed() < Duration::from_secs(1) {
                    ten_permits(&ten, sleep(ms(1))).await;
                    sent += 1;
                }
                sent
            });
        }
        assert_eq!(callers.join_all().await.iter().sum::<u32>(), 10_000);
    }

    #[tokio::test(start_paused = true)]
    async fn one_timeout_for_both_punishes_those_who_wait() {
        let quota = Quota::new(NonZeroUsize::MIN, ms(200));
        assert!(one_timeout(&quota, async {}).await.is_some());
        assert!(one_timeout(&quota, async { unreachable!("this is never sent") }).await.is_none());
    }

    #[tokio::test(start_paused = true)]
    async fn four_faults_in_one_loop() {
        let (quota, slots) = (Quota::new(NonZeroUsize::MIN, ms(1000)), Semaphore::new(1));
        let started = Instant::now();
        let mut sent = Vec::new();
        let answer = stubborn(&quota, &slots, async || {
            sent.push((started.elapsed().as_millis(), slots.available_permits()));
            Answer::Later(ms(100))
        });
        assert_eq!(answer.await, None);
        // Four sends in a second that has room for one, the slot taken all the time, and a last sleep for nothing.
        assert_eq!(sent, [(0, 0), (100, 0), (200, 0), (300, 0)]);
        assert_eq!(started.elapsed(), ms(400));

        let (quota, mut tries) = (Quota::new(NonZeroUsize::MIN, ms(1000)), 0);
        let missing = stubborn(&quota, &slots, async || {
            tries += 1;
            Answer::Missing
        });
        assert_eq!(missing.await, None);
        assert_eq!(tries, 4, "a page that is missing will be missing");
    }
}
