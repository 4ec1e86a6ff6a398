//! `std::thread::Builder`.

use ::std::io;
use ::std::panic::Location;

use interleave::{Op, step};

use super::handle::JoinHandle;
use super::packet::Running;
use super::scope::{Scope, ScopedJoinHandle};

/// See [`std::thread::Builder`]. The stack size counts outside of explorations only.
#[must_use = "must eventually spawn the thread"]
#[derive(Debug)]
pub struct Builder {
    real: ::std::thread::Builder,
    name: Option<String>,
}

impl Builder {
    /// See [`std::thread::Builder::new`].
    #[expect(clippy::new_without_default, reason = "as in std")]
    pub fn new() -> Self {
        Self { real: ::std::thread::Builder::new(), name: None }
    }

    /// See [`std::thread::Builder::name`].
    pub fn name(self, name: String) -> Self {
        Self { real: self.real.name(name.clone()), name: Some(name) }
    }

    /// See [`std::thread::Builder::stack_size`].
    pub fn stack_size(self, size: usize) -> Self {
        Self { real: self.real.stack_size(size), name: self.name }
    }

    /// See [`std::thread::Builder::spawn`].
    ///
    /// # Errors
    ///
    /// Outside of explorations, if the system has no thread to give.
    #[track_caller]
    #[expect(unsafe_code, reason = "one way of starting threads for all")]
    pub fn spawn<F, T>(self, f: F) -> io::Result<JoinHandle<T>>
    where
        F: FnOnce() -> T + Send + 'static,
        T: Send + 'static,
    {
        step(Op::new("thread::spawn"));
        // SAFETY: nothing is borrowed.
        unsafe { Running::start(self.real, self.name, Location::caller(), f) }.map(JoinHandle)
    }

    /// See [`std::thread::Builder::spawn_scoped`].
    ///
    /// # Errors
    ///
    /// Outside of explorations, if the system has no thread to give.
    #[track_caller]
    #[expect(unsafe_code, reason = "one way of starting threads for all")]
    pub fn spawn_scoped<'scope, 'env, F, T>(
        self,
        scope: &'scope Scope<'scope, 'env>,
        f: F,
    ) -> io::Result<ScopedJoinHandle<'scope, T>>
    where
        F: FnOnce() -> T + Send + 'scope,
        T: Send + 'scope,
    {
        step(Op::new("Scope::spawn"));
        // SAFETY: the scope does not end before `done`.
        let running = unsafe { Running::start(self.real, self.name, Location::caller(), f) }?;
        scope.watch(running.fate.clone());
        Ok(ScopedJoinHandle::new(running))
    }
}
