//! caught by: waiters_do_not_wait_for_each_other (failed)
//! idea: With the waiters in a queue there is only one to wake.

use tokio::sync::{Mutex, Notify};

#[derive(Default)]
pub struct Signal {
    changed: Notify,
    turn: Mutex<()>,
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
        let _turn = self.turn.lock().await;
        loop {
            let changed = self.changed.notified();
            if cond() {
                return;
            }
            changed.await;
        }
    }
}
