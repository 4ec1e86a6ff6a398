//! caught by: a_true_condition_returns_without_waiting (failed)
//! idea: Whoever waits for a change looks when something has changed.

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
        let mut changed = self.changed.notified();
        loop {
            changed.await;
            changed = self.changed.notified();
            if cond() {
                return;
            }
        }
    }
}
