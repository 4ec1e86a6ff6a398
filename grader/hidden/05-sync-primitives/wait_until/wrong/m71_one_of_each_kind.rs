//! caught by: a_notify_reaches_all_who_are_checking_just_now (failed)
//! idea: `notify_waiters` for those who wait, and the note of `notify_one` for those who are about to.

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
        self.changed.notify_one();
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
