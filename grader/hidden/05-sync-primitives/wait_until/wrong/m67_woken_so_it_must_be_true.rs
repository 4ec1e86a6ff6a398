//! caught by: a_notify_alone_is_no_reason_to_return (failed)
//! idea: I was woken, so what I wait for has happened.

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
        let changed = self.changed.notified();
        if !cond() {
            changed.await;
        }
    }
}
