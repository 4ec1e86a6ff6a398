//! right: a `watch` channel with a version number; subscribed before the first check, a receiver misses no version.

use tokio::sync::watch;

#[derive(Default)]
pub struct Signal {
    version: watch::Sender<u64>,
}

impl Signal {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn notify(&self) {
        self.version.send_modify(|version| *version = version.wrapping_add(1));
    }

    pub async fn wait_until<F>(&self, mut cond: F)
    where
        F: FnMut() -> bool,
    {
        let mut version = self.version.subscribe();
        while !cond() {
            version.changed().await.expect("the sender is borrowed for as long as this future lives");
        }
    }
}
