//! The answer, in time.

/// Completes with 42.
pub async fn answer() -> u32 {
    tokio::task::yield_now().await;
    42
}
