//! `std::sync::Mutex`.

use ::std::cell::UnsafeCell;
use ::std::fmt;
use ::std::marker::PhantomData;
use ::std::ops::{Deref, DerefMut};
use ::std::sync::{LockResult, PoisonError, TryLockError, TryLockResult};

use interleave::{Fresh, Model, Op, acquired, released, result, step, until};

use crate::thread::panicking;

/// See [`std::sync::Mutex`].
pub struct Mutex<T: ?Sized> {
    state: Model<State>,
    value: UnsafeCell<T>,
}

#[derive(Debug, PartialEq)]
struct State {
    locked: bool,
    poisoned: bool,
}

impl Fresh for State {
    const FRESH: Self = Self { locked: false, poisoned: false };
}

#[expect(unsafe_code, reason = "what a lock is")]
// SAFETY: as for std's mutex: the value is reached by one guard at a time, from whatever thread.
unsafe impl<T: ?Sized + Send> Sync for Mutex<T> {}

/// See [`std::sync::MutexGuard`].
#[must_use = "if unused the Mutex will immediately unlock"]
pub struct MutexGuard<'a, T: ?Sized + 'a> {
    lock: &'a Mutex<T>,
    epoch: u64,
    panicking: bool,
    not_send: PhantomData<*const ()>,
}

#[expect(unsafe_code, reason = "what a guard is")]
// SAFETY: as for std's guard: sharing it shares `&T`.
unsafe impl<T: ?Sized + Sync> Sync for MutexGuard<'_, T> {}

impl<T> Mutex<T> {
    /// See [`std::sync::Mutex::new`].
    pub const fn new(value: T) -> Self {
        Self { state: Model::new(), value: UnsafeCell::new(value) }
    }

    /// See [`std::sync::Mutex::into_inner`].
    pub fn into_inner(self) -> LockResult<T> {
        let poisoned = self.state.with(|state| state.poisoned);
        let value = self.value.into_inner();
        if poisoned { Err(PoisonError::new(value)) } else { Ok(value) }
    }
}

impl<T: ?Sized> Mutex<T> {
    /// See [`std::sync::Mutex::lock`].
    #[track_caller]
    pub fn lock(&self) -> LockResult<MutexGuard<'_, T>> {
        let op = Op::new("Mutex::lock").on(&self.state);
        until(op, || self.is_free(), || self.take());
        self.guard()
    }

    /// See [`std::sync::Mutex::try_lock`].
    #[track_caller]
    pub fn try_lock(&self) -> TryLockResult<MutexGuard<'_, T>> {
        step(Op::new("Mutex::try_lock").on(&self.state));
        let Some(()) = self.take() else {
            result(|| "Err(WouldBlock)".to_owned());
            return Err(TryLockError::WouldBlock);
        };
        Ok(self.guard()?)
    }

    /// See [`std::sync::Mutex::is_poisoned`].
    pub fn is_poisoned(&self) -> bool {
        self.state.with(|state| state.poisoned)
    }

    /// See [`std::sync::Mutex::clear_poison`].
    pub fn clear_poison(&self) {
        self.state.with(|state| state.poisoned = false);
    }

    /// See [`std::sync::Mutex::get_mut`].
    pub fn get_mut(&mut self) -> LockResult<&mut T> {
        let poisoned = self.is_poisoned();
        let value = self.value.get_mut();
        if poisoned { Err(PoisonError::new(value)) } else { Ok(value) }
    }

    pub(super) fn is_free(&self) -> bool {
        self.state.with(|state| !state.locked)
    }

    pub(super) fn take(&self) -> Option<()> {
        self.state.with(|state| !::std::mem::replace(&mut state.locked, true)).then_some(())
    }

    /// The guard of one who has taken the lock.
    pub(super) fn guard(&self) -> LockResult<MutexGuard<'_, T>> {
        acquired(&self.state);
        let guard =
            MutexGuard { lock: self, epoch: interleave::epoch(), panicking: panicking(), not_send: PhantomData };
        if self.is_poisoned() {
            result(|| "Err(Poisoned)".to_owned());
            return Err(PoisonError::new(guard));
        }
        Ok(guard)
    }
}

impl<'a, T: ?Sized> MutexGuard<'a, T> {
    pub(super) fn lock(&self) -> &'a Mutex<T> {
        self.lock
    }

    /// The end of a guard, without a scheduling point.
    pub(super) fn release(&self) {
        released(&self.lock.state);
        let poisons = !self.panicking && panicking();
        self.lock.state.with(|state| {
            state.locked = false;
            state.poisoned |= poisons;
        });
    }

    /// A lock left behind by an earlier execution counts as free; its guard must not be used any more.
    fn assert_current(&self) {
        assert!(self.epoch == 0 || self.epoch == interleave::epoch(), "a guard outlived its execution");
    }
}

impl<T: ?Sized> Drop for MutexGuard<'_, T> {
    fn drop(&mut self) {
        step(Op::unplaced("unlock").on(&self.lock.state));
        self.release();
    }
}

impl<T: ?Sized> Deref for MutexGuard<'_, T> {
    type Target = T;

    #[expect(unsafe_code, reason = "what a guard is")]
    fn deref(&self) -> &T {
        self.assert_current();
        // SAFETY: this guard holds the lock, and holds it still.
        unsafe { &*self.lock.value.get() }
    }
}

impl<T: ?Sized> DerefMut for MutexGuard<'_, T> {
    #[expect(unsafe_code, reason = "what a guard is")]
    fn deref_mut(&mut self) -> &mut T {
        self.assert_current();
        // SAFETY: this guard holds the lock, holds it still, and is borrowed exclusively.
        unsafe { &mut *self.lock.value.get() }
    }
}

impl<T: ?Sized + fmt::Debug> fmt::Debug for Mutex<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = f.debug_struct("Mutex");
        match self.try_lock() {
            Ok(guard) => text.field("data", &&*guard),
            Err(TryLockError::Poisoned(poisoned)) => text.field("data", &&**poisoned.get_ref()),
            Err(TryLockError::WouldBlock) => text.field("data", &format_args!("<locked>")),
        };
        text.field("poisoned", &self.is_poisoned()).finish_non_exhaustive()
    }
}

impl<T: ?Sized + fmt::Debug> fmt::Debug for MutexGuard<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

impl<T: ?Sized + fmt::Display> fmt::Display for MutexGuard<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

impl<T: Default> Default for Mutex<T> {
    fn default() -> Self {
        Self::new(T::default())
    }
}

impl<T> From<T> for Mutex<T> {
    fn from(value: T) -> Self {
        Self::new(value)
    }
}

impl<T: ?Sized> ::std::panic::UnwindSafe for Mutex<T> {}
impl<T: ?Sized> ::std::panic::RefUnwindSafe for Mutex<T> {}
