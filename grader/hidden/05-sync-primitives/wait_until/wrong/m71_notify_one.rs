//! caught by: a_notify_reaches_all_who_wait (failed)
//! idea: `notify_one` keeps a note for whoever comes too late, so nothing can be lost.

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
