//! The answer.

/// Returns 42.
pub fn answer() -> u32 {
    42
}
