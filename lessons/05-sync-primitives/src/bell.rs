//! Code that comes from elsewhere, and the lock that is held while it runs.

use std::sync::{Arc, Mutex};

/// Whoever wants to hear the bell.
pub type Listener = Arc<dyn Fn(&Bell) + Send + Sync>;

/// A bell that tells its listeners.
#[derive(Default)]
pub struct Bell {
    listeners: Mutex<Vec<Listener>>,
}

impl Bell {
    /// Adds a listener.
    pub fn listen(&self, listener: Listener) {
        self.listeners.lock().unwrap().push(listener);
    }

    // Wrong on purpose: a listener cannot use the bell.
    // ANCHOR: under_the_lock
    /// Tells everybody who is on the list.
    pub fn ring_locked(&self) {
        for listener in self.listeners.lock().unwrap().iter() {
            listener(self);
        }
    }
    // ANCHOR_END: under_the_lock

    // ANCHOR: after_the_lock
    /// Tells everybody who was on the list.
    pub fn ring(&self) {
        // The clone is a list of handles. The lock is free again at the end of this line.
        let listeners = self.listeners.lock().unwrap().clone();
        for listener in listeners {
            listener(self);
        }
    }
    // ANCHOR_END: after_the_lock

    /// How many are on the list.
    pub fn listeners(&self) -> usize {
        self.listeners.lock().unwrap().len()
    }
}

/// Keeps the latest of something.
pub struct Latest<T>(Mutex<Option<T>>);

impl<T> Default for Latest<T> {
    fn default() -> Self {
        Self(Mutex::new(None))
    }
}

impl<T> Latest<T> {
    // Wrong on purpose: drops the old value under the lock.
    // ANCHOR: dropped_under_the_lock
    /// Keeps this one from now on.
    pub fn set_locked(&self, value: T) {
        *self.0.lock().unwrap() = Some(value);
    }
    // ANCHOR_END: dropped_under_the_lock

    // ANCHOR: dropped_after_the_lock
    /// Keeps this one from now on.
    pub fn set(&self, value: T) {
        let old = self.0.lock().unwrap().replace(value);
        // Dropping may run anybody's code, and the lock is free now.
        drop(old);
    }
    // ANCHOR_END: dropped_after_the_lock

    /// Whether there is one.
    pub fn is_some(&self) -> bool {
        self.0.lock().unwrap().is_some()
    }
}
