//! The programs the quiz asks about. Their tests are the proofs of the answers.

use tokio::sync::Notify;

use crate::map::SafeMap;

// ANCHOR: cold_key
/// The price of an item. It is looked up where nobody has done so before.
pub fn price(prices: &SafeMap, item: &str, look_up: impl Fn(&str) -> u32) -> u32 {
    if prices.get(item).is_none() {
        prices.set(item, look_up(item));
    }
    prices.get(item).unwrap()
}
// ANCHOR_END: cold_key

// ANCHOR: check_then_listen
/// Returns when it is ready. Whoever makes it ready calls `changed.notify_waiters()`.
pub async fn until_ready(ready: impl Fn() -> bool, changed: &Notify) {
    while !ready() {
        changed.notified().await;
    }
}
// ANCHOR_END: check_then_listen

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::sync::Barrier;
    use std::sync::atomic::{AtomicU32, Ordering};
    use std::thread;
    use std::time::Duration;

    use tokio::time::timeout;

    use super::*;
    use crate::testing::within_ten_seconds;

    #[test]
    fn twenty_threads_may_look_up_twenty_times() {
        let looked_up = within_ten_seconds(|| {
            let (prices, looked_up, all_here) = (SafeMap::default(), AtomicU32::new(0), Barrier::new(20));
            let look_up = |_: &str| {
                all_here.wait();
                looked_up.fetch_add(1, Ordering::SeqCst);
                5
            };
            thread::scope(|scope| {
                for _ in 0..20 {
                    scope.spawn(|| assert_eq!(price(&prices, "tea", look_up), 5));
                }
            });
            looked_up.into_inner()
        });
        assert_eq!(looked_up, 20);
    }

    #[test]
    fn one_after_the_other_they_look_up_once() {
        let (prices, looked_up) = (SafeMap::default(), Cell::new(0));
        for _ in 0..20 {
            price(&prices, "tea", |_| {
                looked_up.set(looked_up.get() + 1);
                5
            });
        }
        assert_eq!(looked_up.get(), 1);
    }

    #[tokio::test(start_paused = true)]
    async fn a_call_between_the_check_and_the_listening_is_lost() {
        let (changed, is_ready) = (Notify::new(), Cell::new(false));
        // What another thread may do at this moment, done at this moment.
        let ready = || {
            let seen = is_ready.replace(true);
            changed.notify_waiters();
            seen
        };
        assert!(timeout(Duration::from_secs(60), until_ready(ready, &changed)).await.is_err());
        assert!(is_ready.get());
    }
}
