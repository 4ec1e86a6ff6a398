//! # `wait-until`: wait for a condition without polling and without losing a wake-up
//!
//! - `wait_until` returns as soon as a check finds `cond()` true. It checks at the start and after every `notify`.
//! - Every `notify` makes all who wait check again; one that happens during a check is not lost.
//! - `cond` is called at most twice per `notify`, plus twice. It may call `notify` itself.
//! - A waiter that is dropped, or whose condition panics, disturbs no other.

use tokio::sync::Notify;

/// Tells waiting tasks that something has changed.
#[derive(Default)]
pub struct Signal {
    /// Only `notify_waiters` is ever called on it, so it never keeps a note for later: whoever is to hear of a change
    /// has to be in line before it. A `watch` channel with a version number does as well. A counter of one's own with
    /// a list of wakers does, too, and is fifty lines to get wrong.
    changed: Notify,
}

impl Signal {
    /// A signal nobody waits for yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Makes everybody who waits check again.
    pub fn notify(&self) {
        // Not `notify_one`, which wakes a single waiter. Nor both, so that its note may serve those who are checking
        // just now: there is one note, and two may be checking.
        self.changed.notify_waiters();
    }

    /// Returns when `cond()` is true. It is asked at the start, and again after every [`notify`](Self::notify).
    pub async fn wait_until<F>(&self, mut cond: F)
    where
        F: FnMut() -> bool,
    {
        loop {
            // First in line, then the look: between these two nothing can be missed, because a `Notified` hears
            // `notify_waiters` from the moment it is made, polled or not. Made after the check it would miss whatever
            // is said during the check. It hears one call only, so every turn needs a new one.
            let changed = self.changed.notified();
            // No lock is held here: the condition may call `notify`, or panic.
            if cond() {
                return;
            }
            // A future that is dropped here takes its place in line with it, and nothing else.
            changed.await;
        }
    }
}
