//! right: a broadcast channel with a single place; to have missed some messages is as good as having got one.

use tokio::sync::broadcast;

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
        // An error means that nobody waits.
        let _ = self.changed.send(());
    }

    pub async fn wait_until<F>(&self, mut cond: F)
    where
        F: FnMut() -> bool,
    {
        let mut changed = self.changed.subscribe();
        while !cond() {
            let _ = changed.recv().await;
        }
    }
}
