//! caught by: a_panicking_condition_ends_its_own_wait_only (failed)
//! idea: A lock of its own for the checks is harmless: they are over in no time.

use std::sync::Mutex;

use tokio::sync::Notify;

#[derive(Default)]
pub struct Signal {
    changed: Notify,
    checking: Mutex<()>,
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
            {
                let _turn = self.checking.lock().unwrap();
                if cond() {
                    return;
                }
            }
            changed.await;
        }
    }
}
