//! Something that everybody misses at once.

use std::sync::Mutex;

use tokio::sync::OnceCell;

// Wrong on purpose: everybody fetches.
// ANCHOR: stampede
/// An exchange rate. Whoever finds none fetches it.
#[derive(Default)]
pub struct Stampede(Mutex<Option<u32>>);

impl Stampede {
    /// The rate.
    pub async fn get(&self, fetch: impl Future<Output = u32>) -> u32 {
        let known = *self.0.lock().unwrap();
        if let Some(rate) = known {
            return rate;
        }
        let rate = fetch.await;
        *self.0.lock().unwrap() = Some(rate);
        rate
    }
}
// ANCHOR_END: stampede

// ANCHOR: once
/// An exchange rate that is fetched by the first caller, while the others wait for it.
#[derive(Default)]
pub struct Rate(OnceCell<u32>);

impl Rate {
    /// The rate.
    pub async fn get(&self, fetch: impl Future<Output = u32>) -> u32 {
        *self.0.get_or_init(|| fetch).await
    }
}
// ANCHOR_END: once

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicU32, Ordering};
    use std::time::Duration;

    use tokio::task::JoinSet;
    use tokio::time::{Instant, sleep};

    use super::*;

    /// How often eight callers at once fetch, and how long it takes them.
    async fn eight_callers<R, Get>(rate: R, get: impl Fn(Arc<R>, Arc<AtomicU32>) -> Get) -> (u32, Duration)
    where
        Get: Future<Output = u32> + Send + 'static,
    {
        let (rate, fetched, started) = (Arc::new(rate), Arc::new(AtomicU32::new(0)), Instant::now());
        let callers: JoinSet<u32> = (0..8).map(|_| get(rate.clone(), fetched.clone())).collect();
        assert_eq!(callers.join_all().await, [117; 8]);
        (fetched.load(Ordering::SeqCst), started.elapsed())
    }

    async fn fetch(fetched: &AtomicU32) -> u32 {
        fetched.fetch_add(1, Ordering::SeqCst);
        sleep(Duration::from_millis(100)).await;
        117
    }

    #[tokio::test(start_paused = true)]
    async fn eight_callers_find_nothing_and_fetch_eight_times() {
        let get = |rate: Arc<Stampede>, fetched: Arc<AtomicU32>| async move { rate.get(fetch(&fetched)).await };
        assert_eq!(eight_callers(Stampede::default(), get).await, (8, Duration::from_millis(100)));
    }

    #[tokio::test(start_paused = true)]
    async fn eight_callers_of_a_cell_fetch_once() {
        let get = |rate: Arc<Rate>, fetched: Arc<AtomicU32>| async move { rate.get(fetch(&fetched)).await };
        assert_eq!(eight_callers(Rate::default(), get).await, (1, Duration::from_millis(100)));
    }

    #[tokio::test(start_paused = true)]
    async fn when_the_first_caller_is_cancelled_the_next_one_fetches() {
        let (rate, fetched, started) = (Arc::new(Rate::default()), Arc::new(AtomicU32::new(0)), Instant::now());
        let call = || {
            let (rate, fetched) = (rate.clone(), fetched.clone());
            tokio::spawn(async move { rate.get(fetch(&fetched)).await })
        };
        let (first, second) = (call(), call());
        sleep(Duration::from_millis(40)).await;
        first.abort();
        assert_eq!(second.await.expect("not cancelled"), 117);
        assert_eq!(fetched.load(Ordering::SeqCst), 2);
        assert_eq!(started.elapsed(), Duration::from_millis(140));
    }
}
