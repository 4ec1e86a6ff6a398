//! What the tests of this lesson share.

use std::num::NonZeroUsize;
use std::time::Duration;

use tokio::runtime::Handle;
use tokio::time::sleep;

/// A count that is not zero.
pub fn count(count: usize) -> NonZeroUsize {
    NonZeroUsize::new(count).expect("a count is not zero")
}

/// Under the paused clock this returns when everything that can happen without time passing has happened.
pub async fn settle() {
    sleep(Duration::from_millis(1)).await;
}

/// How many tasks there are.
pub fn tasks() -> usize {
    Handle::current().metrics().num_alive_tasks()
}
