//! caught by: nothing_is_checked_while_nobody_notifies (failed)
//! idea: A loop that yields is a polite way to wait.

#[derive(Default)]
pub struct Signal {}

impl Signal {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn notify(&self) {}

    pub async fn wait_until<F>(&self, mut cond: F)
    where
        F: FnMut() -> bool,
    {
        while !cond() {
            tokio::task::yield_now().await;
        }
    }
}
