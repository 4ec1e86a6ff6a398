//! caught by: a_notify_during_the_first_check_is_not_lost (failed)
//! idea: A channel is needed only if there is something to wait for.

use tokio::sync::broadcast;
use tokio::sync::broadcast::error::RecvError;

pub struct Signal {
    changed: broadcast::Sender<()>,
}

impl Default for Signal {
    fn default() -> Self {
        Self { changed: broadcast::channel(1).0 }
    }
}

impl Signal {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn notify(&self) {
        let _ = self.changed.send(());
    }

    pub async fn wait_until<F>(&self, mut cond: F)
    where
        F: FnMut() -> bool,
    {
        if cond() {
            return;
        }
        let mut changed = self.changed.subscribe();
        while let Ok(()) | Err(RecvError::Lagged(_)) = changed.recv().await {
            if cond() {
                return;
            }
        }
    }
}
