//! Twice a number.

/// Returns twice `n`, or the largest number there is, if twice `n` is larger.
pub fn double(n: u32) -> u32 {
    n.saturating_mul(2)
}
