//! caught by: a_notify_costs_each_waiter_two_checks_at_most (failed)
//! idea: Whoever was woken for nothing passes the news on, so that nobody misses it.

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
            self.changed.notify_one();
            tokio::task::yield_now().await;
        }
        self.changed.notify_one();
    }
}
