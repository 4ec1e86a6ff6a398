//! caught by: every_further_notify_makes_it_check_again (failed)
//! idea: Closing a channel wakes everybody.

use tokio::sync::Semaphore;

pub struct Signal {
    closed: Semaphore,
}

impl Default for Signal {
    fn default() -> Self {
        Self { closed: Semaphore::new(0) }
    }
}

impl Signal {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn notify(&self) {
        self.closed.close();
    }

    pub async fn wait_until<F>(&self, mut cond: F)
    where
        F: FnMut() -> bool,
    {
        while !cond() {
            let _ = self.closed.acquire().await;
        }
    }
}
