//! caught by: notify_may_be_called_when_nobody_waits (failed)
//! idea: A signal without anybody who waits for it is a mistake of the caller's.

use tokio::sync::watch;

pub struct Signal {
    version: watch::Sender<u64>,
}

impl Default for Signal {
    fn default() -> Self {
        Self { version: watch::channel(0).0 }
    }
}

impl Signal {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn notify(&self) {
        let next = *self.version.borrow() + 1;
        self.version.send(next).expect("somebody waits");
    }

    pub async fn wait_until<F>(&self, mut cond: F)
    where
        F: FnMut() -> bool,
    {
        let mut version = self.version.subscribe();
        while !cond() {
            version.changed().await.unwrap();
        }
    }
}
