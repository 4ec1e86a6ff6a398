//! `std::sync::RwLock`.

use ::std::cell::UnsafeCell;
use ::std::fmt;
use ::std::marker::PhantomData;
use ::std::mem::ManuallyDrop;
use ::std::ops::{Deref, DerefMut};
use ::std::sync::{LockResult, PoisonError, TryLockError, TryLockResult};

use interleave::{Fresh, Model, Op, acquired, released, result, step, until};

use crate::thread::panicking;

/// See [`std::sync::RwLock`].
///
/// As with std's lock on Linux, a reader does not pass a writer that waits; so reading twice on one thread can
/// deadlock. When exactly a writer that finds the lock held begins to wait is a step of its own.
pub struct RwLock<T: ?Sized> {
    state: Model<State>,
    value: UnsafeCell<T>,
}

#[derive(Debug, PartialEq)]
struct State {
    readers: usize,
    writer: bool,
    waiting_writers: usize,
    poisoned: bool,
}

impl Fresh for State {
    const FRESH: Self = Self { readers: 0, writer: false, waiting_writers: 0, poisoned: false };
}

impl State {
    fn is_free_to_read(&self) -> bool {
        !self.writer && self.waiting_writers == 0
    }

    fn is_free_to_write(&self) -> bool {
        !self.writer && self.readers == 0
    }
}

#[expect(unsafe_code, reason = "what a lock is")]
// SAFETY: as for std's lock: readers share `&T`, a writer is alone.
unsafe impl<T: ?Sized + Send + Sync> Sync for RwLock<T> {}

/// See [`std::sync::RwLockReadGuard`].
#[must_use = "if unused the RwLock will immediately unlock"]
pub struct RwLockReadGuard<'a, T: ?Sized + 'a> {
    lock: &'a RwLock<T>,
    epoch: u64,
    not_send: PhantomData<*const ()>,
}

/// See [`std::sync::RwLockWriteGuard`].
#[must_use = "if unused the RwLock will immediately unlock"]
pub struct RwLockWriteGuard<'a, T: ?Sized + 'a> {
    lock: &'a RwLock<T>,
    epoch: u64,
    panicking: bool,
    not_send: PhantomData<*const ()>,
}

#[expect(unsafe_code, reason = "what a guard is")]
// SAFETY: as for std's guard: sharing it shares `&T`.
unsafe impl<T: ?Sized + Sync> Sync for RwLockReadGuard<'_, T> {}

#[expect(unsafe_code, reason = "what a guard is")]
// SAFETY: as for std's guard: sharing it shares `&T`.
unsafe impl<T: ?Sized + Sync> Sync for RwLockWriteGuard<'_, T> {}

impl<T> RwLock<T> {
    /// See [`std::sync::RwLock::new`].
    pub const fn new(value: T) -> Self {
        Self { state: Model::new(), value: UnsafeCell::new(value) }
    }

    /// See [`std::sync::RwLock::into_inner`].
    pub fn into_inner(self) -> LockResult<T> {
        let poisoned = self.state.with(|state| state.poisoned);
        let value = self.value.into_inner();
        if poisoned { Err(PoisonError::new(value)) } else { Ok(value) }
    }
}

impl<T: ?Sized> RwLock<T> {
    /// See [`std::sync::RwLock::read`].
    #[track_caller]
    pub fn read(&self) -> LockResult<RwLockReadGuard<'_, T>> {
        let op = Op::new("RwLock::read").on(&self.state);
        until(op, || self.state.with(|state| state.is_free_to_read()), || self.take_to_read());
        self.read_guard()
    }

    /// See [`std::sync::RwLock::write`].
    #[track_caller]
    pub fn write(&self) -> LockResult<RwLockWriteGuard<'_, T>> {
        let op = Op::new("RwLock::write").on(&self.state);
        let wait = op.again();
        step(op);
        if self.take_to_write().is_none() {
            result(|| "waits".to_owned());
            self.state.with(|state| state.waiting_writers += 1);
            until(wait, || self.state.with(|state| state.is_free_to_write()), || self.take_to_write());
            self.state.with(|state| state.waiting_writers -= 1);
        }
        self.write_guard()
    }

    /// See [`std::sync::RwLock::try_read`].
    #[track_caller]
    pub fn try_read(&self) -> TryLockResult<RwLockReadGuard<'_, T>> {
        step(Op::new("RwLock::try_read").on(&self.state));
        let Some(()) = self.take_to_read() else {
            result(|| "Err(WouldBlock)".to_owned());
            return Err(TryLockError::WouldBlock);
        };
        Ok(self.read_guard()?)
    }

    /// See [`std::sync::RwLock::try_write`].
    #[track_caller]
    pub fn try_write(&self) -> TryLockResult<RwLockWriteGuard<'_, T>> {
        step(Op::new("RwLock::try_write").on(&self.state));
        let Some(()) = self.take_to_write() else {
            result(|| "Err(WouldBlock)".to_owned());
            return Err(TryLockError::WouldBlock);
        };
        Ok(self.write_guard()?)
    }

    /// See [`std::sync::RwLock::is_poisoned`].
    pub fn is_poisoned(&self) -> bool {
        self.state.with(|state| state.poisoned)
    }

    /// See [`std::sync::RwLock::clear_poison`].
    pub fn clear_poison(&self) {
        self.state.with(|state| state.poisoned = false);
    }

    /// See [`std::sync::RwLock::get_mut`].
    pub fn get_mut(&mut self) -> LockResult<&mut T> {
        let poisoned = self.is_poisoned();
        let value = self.value.get_mut();
        if poisoned { Err(PoisonError::new(value)) } else { Ok(value) }
    }

    fn take_to_read(&self) -> Option<()> {
        self.state.with(|state| {
            let free = state.is_free_to_read();
            state.readers += usize::from(free);
            free.then_some(())
        })
    }

    fn take_to_write(&self) -> Option<()> {
        self.state.with(|state| {
            let free = state.is_free_to_write();
            state.writer |= free;
            free.then_some(())
        })
    }

    fn read_guard(&self) -> LockResult<RwLockReadGuard<'_, T>> {
        acquired(&self.state);
        let guard = RwLockReadGuard { lock: self, epoch: interleave::epoch(), not_send: PhantomData };
        self.unless_poisoned(guard)
    }

    fn write_guard(&self) -> LockResult<RwLockWriteGuard<'_, T>> {
        acquired(&self.state);
        let (epoch, panicking) = (interleave::epoch(), panicking());
        self.unless_poisoned(RwLockWriteGuard { lock: self, epoch, panicking, not_send: PhantomData })
    }

    fn unless_poisoned<G>(&self, guard: G) -> LockResult<G> {
        if self.is_poisoned() {
            result(|| "Err(Poisoned)".to_owned());
            return Err(PoisonError::new(guard));
        }
        Ok(guard)
    }
}

impl<'a, T: ?Sized> RwLockWriteGuard<'a, T> {
    /// See [`std::sync::RwLockWriteGuard::downgrade`].
    #[track_caller]
    pub fn downgrade(this: Self) -> RwLockReadGuard<'a, T> {
        let this = ManuallyDrop::new(this);
        step(Op::new("RwLockWriteGuard::downgrade").on(&this.lock.state));
        this.lock.state.with(|state| (state.writer, state.readers) = (false, 1));
        RwLockReadGuard { lock: this.lock, epoch: this.epoch, not_send: PhantomData }
    }
}

/// A lock left behind by an earlier execution counts as free; its guard must not be used any more.
fn assert_current(epoch: u64) {
    assert!(epoch == 0 || epoch == interleave::epoch(), "a guard outlived its execution");
}

impl<T: ?Sized> Drop for RwLockReadGuard<'_, T> {
    fn drop(&mut self) {
        step(Op::unplaced("unlock").on(&self.lock.state));
        released(&self.lock.state);
        self.lock.state.with(|state| state.readers = state.readers.saturating_sub(1));
    }
}

impl<T: ?Sized> Drop for RwLockWriteGuard<'_, T> {
    fn drop(&mut self) {
        step(Op::unplaced("unlock").on(&self.lock.state));
        released(&self.lock.state);
        let poisons = !self.panicking && panicking();
        self.lock.state.with(|state| {
            state.writer = false;
            state.poisoned |= poisons;
        });
    }
}

impl<T: ?Sized> Deref for RwLockReadGuard<'_, T> {
    type Target = T;

    #[expect(unsafe_code, reason = "what a guard is")]
    fn deref(&self) -> &T {
        assert_current(self.epoch);
        // SAFETY: this guard holds the lock to read, and holds it still.
        unsafe { &*self.lock.value.get() }
    }
}

impl<T: ?Sized> Deref for RwLockWriteGuard<'_, T> {
    type Target = T;

    #[expect(unsafe_code, reason = "what a guard is")]
    fn deref(&self) -> &T {
        assert_current(self.epoch);
        // SAFETY: this guard holds the lock to write, and holds it still.
        unsafe { &*self.lock.value.get() }
    }
}

impl<T: ?Sized> DerefMut for RwLockWriteGuard<'_, T> {
    #[expect(unsafe_code, reason = "what a guard is")]
    fn deref_mut(&mut self) -> &mut T {
        assert_current(self.epoch);
        // SAFETY: this guard holds the lock to write, holds it still, and is borrowed exclusively.
        unsafe { &mut *self.lock.value.get() }
    }
}

impl<T: ?Sized + fmt::Debug> fmt::Debug for RwLock<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = f.debug_struct("RwLock");
        match self.try_read() {
            Ok(guard) => text.field("data", &&*guard),
            Err(TryLockError::Poisoned(poisoned)) => text.field("data", &&**poisoned.get_ref()),
            Err(TryLockError::WouldBlock) => text.field("data", &format_args!("<locked>")),
        };
        text.field("poisoned", &self.is_poisoned()).finish_non_exhaustive()
    }
}

impl<T: ?Sized + fmt::Debug> fmt::Debug for RwLockReadGuard<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

impl<T: ?Sized + fmt::Debug> fmt::Debug for RwLockWriteGuard<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

impl<T: ?Sized + fmt::Display> fmt::Display for RwLockReadGuard<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

impl<T: ?Sized + fmt::Display> fmt::Display for RwLockWriteGuard<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

impl<T: Default> Default for RwLock<T> {
    fn default() -> Self {
        Self::new(T::default())
    }
}

impl<T> From<T> for RwLock<T> {
    fn from(value: T) -> Self {
        Self::new(value)
    }
}

impl<T: ?Sized> ::std::panic::UnwindSafe for RwLock<T> {}
impl<T: ?Sized> ::std::panic::RefUnwindSafe for RwLock<T> {}
