//! # `wait-until`: wait for a condition without polling and without losing a wake-up
//!
//! A `Signal` knows nothing about what is being waited for. The condition is a closure and looks at something that
//! lives elsewhere: an atomic, a map behind a lock. Whoever changes that calls `notify`, and everybody who waits looks
//! again.
//!
//! ```rust,ignore
//! let done = AtomicUsize::new(0);
//! let signal = Signal::new();
//!
//! // wherever a job ends
//! done.fetch_add(1, Ordering::SeqCst);
//! signal.notify();
//!
//! // wherever somebody needs ten of them
//! signal.wait_until(|| done.load(Ordering::SeqCst) >= 10).await;
//! ```
//!
//! # The contract
//!
//! Coming back
//!
//! - **Return.** `wait_until` returns as soon as `cond()` is true when it is checked, and for no other reason. It
//!   checks at the start, before it waits for anything, and then after every `notify`.
//! - **Everybody.** Every `notify` makes all who wait at that moment check again, the tenth like the first. They do not
//!   wait for each other. If several `notify`s come before a waiter gets its turn, one check after the last of them is
//!   enough.
//! - **Nothing lost.** A `notify` that happens while `cond` runs is not lost: when `cond` says no, it is asked again.
//!   That holds for all waiters that are in the middle of their check at that moment.
//! - **Nobody there.** `notify` never waits, and may be called when nobody is waiting.
//!
//! Waiting
//!
//! - **No polling.** `cond` is called at most twice per `notify`, plus twice: however long the wait lasts, and however
//!   often the future is polled. No timer is involved.
//! - **Any task.** Like every future, this one may be polled by one task first and by another later. The latest is the
//!   one to be woken.
//!
//! The others
//!
//! - **Cancellation.** A `wait_until` that is dropped disturbs nobody, also if it was woken and has not been polled
//!   since.
//! - **The condition's code.** `cond` may call `notify`, of this signal, too. If it panics, that ends its own
//!   `wait_until` and no other.

/// Tells waiting tasks that something has changed.
#[derive(Default)]
pub struct Signal {
    // own the ends: what do those who wait share with the one who notifies?
}

impl Signal {
    /// A signal nobody waits for yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Makes everybody who waits check again.
    pub fn notify(&self) {
        todo!("wake all who wait, and do not forget those who are checking just now")
    }

    /// Returns when `cond()` is true. It is asked at the start, and again after every [`notify`](Self::notify).
    pub async fn wait_until<F>(&self, cond: F)
    where
        F: FnMut() -> bool,
    {
        // run: at which moment must this call have made itself known, so that no `notify` passes it by?
        let _ = cond;
        todo!("check, and wait for the next `notify` as long as the condition does not hold")
    }
}
