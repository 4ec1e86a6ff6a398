//! What this lesson gives to its exercises.

/// Why something ended early.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CtxError {
    /// Somebody cancelled it.
    Cancelled,
    /// Its time was up.
    DeadlineExceeded,
}
