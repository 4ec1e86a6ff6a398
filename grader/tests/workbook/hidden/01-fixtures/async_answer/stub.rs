//! The answer, in time.

/// Completes with 42.
pub async fn answer() -> u32 {
    todo!("return the answer")
}
