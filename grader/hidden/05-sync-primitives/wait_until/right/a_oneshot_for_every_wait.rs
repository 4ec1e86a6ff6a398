//! right: leaves a `oneshot` before each check; `notify` answers all it finds, those of the departed included.

use std::sync::Mutex;

use tokio::sync::oneshot;

#[derive(Default)]
pub struct Signal {
    waiting: Mutex<Vec<oneshot::Sender<()>>>,
}

impl Signal {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn notify(&self) {
        let waiting = std::mem::take(&mut *self.waiting.lock().unwrap());
        for one in waiting {
            let _ = one.send(());
        }
    }

    pub async fn wait_until<F>(&self, mut cond: F)
    where
        F: FnMut() -> bool,
    {
        loop {
            let (sender, notified) = oneshot::channel();
            self.waiting.lock().unwrap().push(sender);
            if cond() {
                return;
            }
            let _ = notified.await;
        }
    }
}
