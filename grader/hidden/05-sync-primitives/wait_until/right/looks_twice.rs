//! right: looks before it gets in line and once more in it, so every `notify` costs the two checks that are allowed.

use std::pin::pin;

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
            let mut changed = pin!(self.changed.notified());
            changed.as_mut().enable();
            if cond() {
                return;
            }
            changed.await;
        }
    }
}
