//! caught by: a_notify_during_the_first_check_is_not_lost (failed)
//! idea: After the check everything so far has been seen, so that is the moment to mark it as seen.

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
        self.version.send_modify(|version| *version += 1);
    }

    pub async fn wait_until<F>(&self, mut cond: F)
    where
        F: FnMut() -> bool,
    {
        let mut version = self.version.subscribe();
        while !cond() {
            version.mark_unchanged();
            version.changed().await.unwrap();
        }
    }
}
