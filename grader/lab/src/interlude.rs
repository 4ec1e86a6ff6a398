//! "The other thread's" step, performed at the exact critical moment (T14).

use std::sync::{Mutex, PoisonError};

/// A step that a callback of the test's (a predicate, a `Clone`, a `Drop`, a handler) performs the first time
/// it is reached and never again, so that it may lead back into the code under test without going round in
/// circles.
pub struct Interlude(Mutex<Option<Box<dyn FnOnce() + Send>>>);

impl Interlude {
    /// A step to be performed once.
    pub fn new(step: impl FnOnce() + Send + 'static) -> Self {
        Self(Mutex::new(Some(Box::new(step))))
    }

    /// Performs the step, the first time. The lock is not held while it runs.
    pub fn play(&self) {
        let step = self.0.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(step) = step {
            step();
        }
    }

    /// Whether the step has been performed or is under way.
    pub fn played(&self) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).is_none()
    }
}
