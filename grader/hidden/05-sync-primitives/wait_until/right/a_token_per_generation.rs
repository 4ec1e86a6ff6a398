//! right: as in Go, `notify` closes what everybody waits on and puts a new one there; a wait first gives a turn away.

use std::sync::Mutex;

use tokio_util::sync::CancellationToken;

#[derive(Default)]
pub struct Signal {
    current: Mutex<CancellationToken>,
}

impl Signal {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn notify(&self) {
        let closed = std::mem::take(&mut *self.current.lock().unwrap());
        closed.cancel();
    }

    pub async fn wait_until<F>(&self, mut cond: F)
    where
        F: FnMut() -> bool,
    {
        loop {
            let current = self.current.lock().unwrap().clone();
            if cond() {
                return;
            }
            tokio::task::yield_now().await;
            current.cancelled().await;
        }
    }
}
