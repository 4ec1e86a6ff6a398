//! caught by: nothing_is_checked_while_nobody_notifies (failed)
//! idea: In case a wake-up gets lost, one looks again after a second.

use std::time::Duration;

use tokio::sync::Notify;
use tokio::time::timeout;

#[derive(Default)]
pub struct Signal {
    changed: Notify,
}

impl Signal {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn notify(&self) {
        self.changed.notify_waiters();
    }

    pub async fn wait_until<F>(&self, mut cond: F)
    where
        F: FnMut() -> bool,
    {
        loop {
            let changed = self.changed.notified();
            if cond() {
                return;
            }
            let _ = timeout(Duration::from_secs(1), changed).await;
        }
    }
}
