//! caught by: a_notify_during_a_later_check_is_not_lost (failed)
//! idea: The gap is at the start; once it waits, it waits.

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
        let first = self.changed.notified();
        if cond() {
            return;
        }
        first.await;
        while !cond() {
            self.changed.notified().await;
        }
    }
}
