//! caught by: the_wait_ends_with_the_notify_that_makes_it_true (failed)
//! idea: A look every 100 ms costs next to nothing, and nobody needs to be notified.

use std::time::Duration;

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
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }
}
