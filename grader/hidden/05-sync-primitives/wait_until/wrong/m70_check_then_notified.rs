//! caught by: a_notify_during_the_first_check_is_not_lost (failed)
//! idea: Look, and if it is not true yet, wait for the next notification.

use tokio::sync::Notify;

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
        while !cond() {
            self.changed.notified().await;
        }
    }
}
