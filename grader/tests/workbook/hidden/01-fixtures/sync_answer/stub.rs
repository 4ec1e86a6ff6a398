//! The answer.

/// Returns 42.
pub fn answer() -> u32 {
    todo!("return the answer")
}
