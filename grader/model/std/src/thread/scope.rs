//! `std::thread::scope`.

use ::std::fmt;
use ::std::marker::PhantomData;
use ::std::panic::{AssertUnwindSafe, catch_unwind};
use ::std::sync::{Arc, Mutex, PoisonError};
use ::std::thread::Result;

use interleave::{Op, wait};

use super::builder::Builder;
use super::handle::Thread;
use super::packet::{Fate, Running};

/// See [`std::thread::Scope`].
pub struct Scope<'scope, 'env: 'scope> {
    threads: Mutex<Vec<Arc<Fate>>>,
    scope: PhantomData<&'scope mut &'scope ()>,
    env: PhantomData<&'env mut &'env ()>,
}

/// See [`std::thread::ScopedJoinHandle`].
pub struct ScopedJoinHandle<'scope, T> {
    running: Running<T>,
    scope: PhantomData<&'scope mut &'scope ()>,
}

/// See [`std::thread::scope`].
///
/// # Panics
///
/// If a thread that was not joined panicked.
#[track_caller]
pub fn scope<'env, F, T>(f: F) -> T
where
    F: for<'scope> FnOnce(&'scope Scope<'scope, 'env>) -> T,
{
    let scope = Scope { threads: Mutex::new(Vec::new()), scope: PhantomData, env: PhantomData };
    let result = catch_unwind(AssertUnwindSafe(|| f(&scope)));
    interleave::unwinding_ended();
    let ended = || scope.fates().iter().all(|fate| fate.is_done());
    if !scope.fates().is_empty() {
        wait(Op::new("end of thread::scope"), ended, || false, None);
    }
    match result {
        Err(payload) => crate::panic::resume_unwind(payload),
        Ok(_) if scope.fates().iter().any(|fate| fate.is_unhandled_panic()) => panic!("a scoped thread panicked"),
        Ok(result) => result,
    }
}

impl<'scope, 'env> Scope<'scope, 'env> {
    /// See [`std::thread::Scope::spawn`].
    #[track_caller]
    pub fn spawn<F, T>(&'scope self, f: F) -> ScopedJoinHandle<'scope, T>
    where
        F: FnOnce() -> T + Send + 'scope,
        T: Send + 'scope,
    {
        Builder::new().spawn_scoped(self, f).expect("failed to spawn thread")
    }
}

impl Scope<'_, '_> {
    /// The scope does not end before this.
    pub(super) fn watch(&self, fate: Arc<Fate>) {
        self.threads.lock().unwrap_or_else(PoisonError::into_inner).push(fate);
    }

    fn fates(&self) -> Vec<Arc<Fate>> {
        self.threads.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl<'scope, T> ScopedJoinHandle<'scope, T> {
    pub(super) fn new(running: Running<T>) -> Self {
        Self { running, scope: PhantomData }
    }

    /// See [`std::thread::ScopedJoinHandle::join`].
    ///
    /// # Errors
    ///
    /// The payload, if the thread panicked.
    #[track_caller]
    pub fn join(self) -> Result<T> {
        self.running.join(Op::new("ScopedJoinHandle::join"))
    }

    /// See [`std::thread::ScopedJoinHandle::is_finished`].
    #[track_caller]
    pub fn is_finished(&self) -> bool {
        self.running.is_finished(Op::new("ScopedJoinHandle::is_finished"))
    }

    /// See [`std::thread::ScopedJoinHandle::thread`].
    pub fn thread(&self) -> &Thread {
        self.running.thread()
    }
}

impl fmt::Debug for Scope<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Scope").finish_non_exhaustive()
    }
}

impl<T> fmt::Debug for ScopedJoinHandle<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ScopedJoinHandle").finish_non_exhaustive()
    }
}
