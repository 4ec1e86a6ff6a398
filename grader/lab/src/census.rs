//! Who is alive (T7).

use tokio::runtime::Handle;

/// Tasks alive on the current runtime; exact on the current-thread runtime, where every async test runs.
///
/// # Panics
///
/// Outside a runtime.
pub fn tasks() -> usize {
    Handle::current().metrics().num_alive_tasks()
}

/// Threads of this process, the calling one included and the lab's own left out; `None` where the platform
/// does not say (anything but Linux).
///
/// A thread that was joined may be listed for a moment longer: use this as an upper bound only after
/// [`quiesce`](crate::quiescence::quiesce).
pub fn threads() -> Option<usize> {
    crate::run::threads::others().map(|others| others.len() + 1)
}
