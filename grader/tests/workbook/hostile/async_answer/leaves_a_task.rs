//! verdict: leaked
//! does: answers, and leaves a task that waits for ever.

use std::future::pending;

pub async fn answer() -> u32 {
    tokio::spawn(async {
        pending::<()>().await;
    });
    42
}
