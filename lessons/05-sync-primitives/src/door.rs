//! Waiting in a task until something is open.

use std::sync::atomic::{AtomicBool, Ordering};

use tokio::sync::Notify;

// ANCHOR: door
/// Closed at first, then open for good.
#[derive(Default)]
pub struct Door {
    open: AtomicBool,
    opened: Notify,
}

impl Door {
    /// Returns when it is open.
    pub async fn pass(&self) {
        // Listen first: from here on no call is missed.
        let opened = self.opened.notified();
        // Then look …
        if self.open.load(Ordering::Acquire) {
            return;
        }
        // … and then wait.
        opened.await;
    }

    /// Opens it.
    pub fn open(&self) {
        self.open.store(true, Ordering::Release);
        self.opened.notify_waiters();
    }
}
// ANCHOR_END: door

#[cfg(test)]
mod tests {
    use std::pin::pin;
    use std::sync::Arc;
    use std::time::Duration;

    use tokio::time::{sleep, timeout};

    use super::*;

    const LONG: Duration = Duration::from_secs(60);

    #[tokio::test(start_paused = true)]
    async fn everybody_who_waits_gets_through_and_so_do_those_who_come_late() {
        let door = Arc::new(Door::default());
        let waiting = [(); 3].map(|()| {
            let door = door.clone();
            tokio::spawn(async move { door.pass().await })
        });
        sleep(Duration::from_millis(10)).await;
        assert!(waiting.iter().all(|task| !task.is_finished()));
        door.open();
        for task in waiting {
            assert!(timeout(LONG, task).await.is_ok());
        }
        assert!(timeout(LONG, door.pass()).await.is_ok());
    }

    #[tokio::test(start_paused = true)]
    async fn a_call_to_all_reaches_a_listener_that_was_not_polled_yet_and_is_not_kept_for_others() {
        let notify = Notify::new();
        let early = notify.notified();
        notify.notify_waiters();
        assert!(timeout(LONG, early).await.is_ok());
        assert!(timeout(LONG, notify.notified()).await.is_err());
    }

    #[tokio::test(start_paused = true)]
    async fn one_note_is_kept_and_not_two() {
        let notify = Notify::new();
        notify.notify_one();
        notify.notify_one();
        assert!(timeout(LONG, notify.notified()).await.is_ok());
        assert!(timeout(LONG, notify.notified()).await.is_err());
    }

    #[tokio::test(start_paused = true)]
    async fn a_listener_counts_for_notify_one_when_it_is_enabled_or_polled() {
        let notify = Notify::new();
        let mut first = pin!(notify.notified());
        let mut second = pin!(notify.notified());
        assert!(!first.as_mut().enable());
        assert!(!second.as_mut().enable());
        notify.notify_one();
        notify.notify_one();
        assert!(timeout(LONG, first).await.is_ok());
        assert!(timeout(LONG, second).await.is_ok());
    }
}
