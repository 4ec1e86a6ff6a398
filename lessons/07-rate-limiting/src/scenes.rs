//! What the examples show. Those with a clock take place on tokio's paused one.

use std::fmt::Write;
use std::num::NonZeroUsize;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tokio::time::{Instant, MissedTickBehavior, sleep, timeout};

use crate::journal::Journal;
use crate::limiters::{allowed, bucket, log, ticker, window};
use crate::mistakes::{Forgetful, ten_permits};
use crate::quota::Quota;
use crate::ticks::{one_long, short, with_interval, with_sleep};

fn ms(milliseconds: u64) -> Duration {
    Duration::from_millis(milliseconds)
}

/// How many requests of three histories pass each of four limiters.
pub fn three_histories() -> String {
    let mut table = String::from("                          ticker  window  bucket     log\n");
    for (history, requests) in [
        ("100 at 0 ms", vec![0; 100]),
        ("100 at 990, 100 at 1010", [[990; 100], [1010; 100]].concat()),
        ("250, one every 4 ms", (0..250).map(|request| request * 4).collect()),
    ] {
        let [ticker, window, bucket, log] = [
            allowed(ticker(), &requests),
            allowed(window(), &requests),
            allowed(bucket(), &requests),
            allowed(log(), &requests),
        ];
        let _ = writeln!(table, "{history:<24}{ticker:>8}{window:>8}{bucket:>8}{log:>8}");
    }
    table
}

/// How many tokens a forgetful bucket has after ten seconds.
pub async fn refill() -> String {
    let mut table = String::new();
    for look in [50, 99, 100, 150, 250, 10_000] {
        let mut bucket = Forgetful::default();
        let started = Instant::now();
        while started.elapsed() + ms(look) <= ms(10_000) {
            sleep(ms(look)).await;
            bucket.tokens();
        }
        let _ = writeln!(table, "looked at every {look:>5} ms: {:>3} tokens", bucket.tokens());
    }
    table
}

/// When the jobs of four loops begin.
pub async fn ticks() -> String {
    [
        "each job takes 30 ms\n".to_string(),
        row("sleep", with_sleep(short()).await),
        row("interval", with_interval(short(), MissedTickBehavior::Burst).await),
        "\nthe second job takes 350 ms\n".to_string(),
        row("Burst", with_interval(one_long(), MissedTickBehavior::Burst).await),
        row("Delay", with_interval(one_long(), MissedTickBehavior::Delay).await),
        row("Skip", with_interval(one_long(), MissedTickBehavior::Skip).await),
    ]
    .concat()
}

fn row(name: &str, began: Vec<u128>) -> String {
    let times: String = began.iter().map(|at| format!("{at:>5}")).collect();
    format!("{name:<9}{times}\n")
}

/// A limit on how many at once, and one on how many per second; quick answers and slow ones.
pub async fn two_limits() -> String {
    let mut table = String::from("                           sent in 2 s   most at once\n");
    for (answer, takes) in [("10 ms", 10), ("3 s", 3000)] {
        let permits = Arc::new(Semaphore::new(5));
        let (sent, most) = many_callers(move |request| {
            let permits = permits.clone();
            async move { ten_permits(&permits, request(takes)).await }
        })
        .await;
        let _ = writeln!(table, "5 permits, answers in {answer:<6}{sent:>10}{most:>15}");
        let quota = Arc::new(Quota::new(NonZeroUsize::MIN.saturating_add(4), ms(500)));
        let (sent, most) = many_callers(move |request| {
            let quota = quota.clone();
            async move {
                quota.turn().await;
                request(takes).await;
            }
        })
        .await;
        let _ = writeln!(table, "5 in 500 ms, the same {:<6}{sent:>10}{most:>15}", "");
    }
    table
}

/// Callers who need a permit and a turn, and how each of them fared.
pub async fn both_limits(callers: usize, permits: usize, most: NonZeroUsize, within: u64, takes: u64) -> Journal {
    let journal = Journal::silent();
    let permits = Arc::new(Semaphore::new(permits));
    let quota = Arc::new(Quota::new(most, ms(within)));
    let mut calls = JoinSet::new();
    for caller in 1..=callers {
        let (journal, permits, quota) = (journal.clone(), permits.clone(), quota.clone());
        calls.spawn(async move {
            let waiting = journal.waits(format_args!("request {caller}"));
            let _permit = permits.acquire().await.expect("nobody closes this semaphore");
            quota.turn().await;
            waiting.done();
            let served = journal.served(format_args!("request {caller}"));
            sleep(ms(takes)).await;
            served.done();
        });
    }
    calls.join_all().await;
    journal
}

/// Two thousand callers for just under two seconds: how many requests were sent, and how many at most were under way.
async fn many_callers<F: Future<Output = ()> + Send + 'static>(call: impl Fn(Request) -> F) -> (usize, usize) {
    let counts = Arc::new(Counts::default());
    let mut callers = JoinSet::new();
    for _ in 0..2000 {
        let counts = counts.clone();
        callers.spawn(call(Box::new(move |takes| Box::pin(async move { counts.request(takes).await }))));
    }
    let _ = timeout(ms(1_999), callers.join_all()).await;
    (counts.sent.load(Ordering::Relaxed), counts.most.load(Ordering::Relaxed))
}

type Request = Box<dyn FnOnce(u64) -> std::pin::Pin<Box<dyn Future<Output = ()> + Send>> + Send>;

#[derive(Default)]
struct Counts {
    sent: AtomicUsize,
    under_way: AtomicUsize,
    most: AtomicUsize,
}

impl Counts {
    async fn request(&self, takes: u64) {
        self.sent.fetch_add(1, Ordering::Relaxed);
        let under_way = self.under_way.fetch_add(1, Ordering::Relaxed) + 1;
        self.most.fetch_max(under_way, Ordering::Relaxed);
        sleep(ms(takes)).await;
        self.under_way.fetch_sub(1, Ordering::Relaxed);
    }
}
