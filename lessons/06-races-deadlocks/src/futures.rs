//! A future that waits for a lock, and that nobody polls any more.

use std::pin::pin;
use std::time::Duration;

use tokio::select;
use tokio::sync::Mutex;
use tokio::time::sleep;

/// Adds one when the lock is free.
async fn add_one(total: &Mutex<u32>) {
    *total.lock().await += 1;
}

// ANCHOR: unpolled
/// Adds one, and ten more if that takes too long.
pub async fn add_impatiently(total: &Mutex<u32>) {
    let mut adding = pin!(add_one(total));
    select! {
        () = &mut adding => {}
        () = sleep(Duration::from_millis(100)) => *total.lock().await += 10,
    }
}
// ANCHOR_END: unpolled

// ANCHOR: given_up
/// Adds one, or ten if that takes too long.
pub async fn add_or_give_up(total: &Mutex<u32>) {
    select! {
        // Owned by the `select!`, it is dropped before the other arm runs.
        () = add_one(total) => {}
        () = sleep(Duration::from_millis(100)) => *total.lock().await += 10,
    }
}
// ANCHOR_END: given_up

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use tokio::time::timeout;

    use super::*;

    /// Somebody else has the lock for the first 200 ms.
    fn busy() -> Arc<Mutex<u32>> {
        let total = Arc::new(Mutex::new(0));
        let guard = total.clone().try_lock_owned().expect("nobody else has it yet");
        tokio::spawn(async move {
            sleep(Duration::from_millis(200)).await;
            drop(guard);
        });
        total
    }

    #[tokio::test(start_paused = true)]
    async fn a_future_that_nobody_polls_gets_the_lock_and_keeps_it() {
        let total = busy();
        assert!(timeout(Duration::from_secs(60), add_impatiently(&total)).await.is_err());
    }

    #[tokio::test(start_paused = true)]
    async fn a_future_that_is_dropped_leaves_the_queue() {
        let total = busy();
        timeout(Duration::from_secs(60), add_or_give_up(&total)).await.expect("it ends");
        assert_eq!(*total.lock().await, 10);
    }

    #[tokio::test(start_paused = true)]
    async fn a_free_lock_hides_the_mistake() {
        let total = Mutex::new(0);
        timeout(Duration::from_secs(60), add_impatiently(&total)).await.expect("it ends");
        assert_eq!(*total.lock().await, 1);
    }
}
