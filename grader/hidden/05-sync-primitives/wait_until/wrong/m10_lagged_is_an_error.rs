//! caught by: many_notifies_may_come_before_a_waiter_gets_its_turn (failed)
//! idea: A broadcast channel with 16 places has room enough, and `recv` does not fail while the sender lives.

use tokio::sync::broadcast;

pub struct Signal {
    changed: broadcast::Sender<()>,
}

impl Default for Signal {
    fn default() -> Self {
        Self { changed: broadcast::channel(16).0 }
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
        let mut changed = self.changed.subscribe();
        while !cond() {
            changed.recv().await.expect("the sender lives as long as the signal");
        }
    }
}
