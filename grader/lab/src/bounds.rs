//! Promises the compiler checks (T15).

/// Compiles only for values that may move to another thread.
pub const fn is_send<T: Send>(_: &T) {}

/// Compiles only for values that threads may share.
pub const fn is_sync<T: Sync>(_: &T) {}
