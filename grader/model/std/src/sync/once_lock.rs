//! `std::sync::OnceLock`.

use ::std::fmt;
use ::std::marker::PhantomData;
use ::std::ptr;
use ::std::sync::atomic::{AtomicPtr, Ordering};

use interleave::{Op, result, step};

use super::once::Once;

/// See [`std::sync::OnceLock`].
///
/// A cell in a `static` is empty again at the beginning of each execution; the value of the one before is leaked.
pub struct OnceLock<T> {
    once: Once,
    /// From a box; meaningful while `once` is complete.
    value: AtomicPtr<T>,
    /// `Send` and `Sync` as std's cell is.
    owns: PhantomData<(T, ::std::sync::Mutex<T>)>,
}

impl<T> OnceLock<T> {
    /// See [`std::sync::OnceLock::new`].
    pub const fn new() -> Self {
        Self { once: Once::new(), value: AtomicPtr::new(ptr::null_mut()), owns: PhantomData }
    }

    /// See [`std::sync::OnceLock::get`].
    #[track_caller]
    pub fn get(&self) -> Option<&T> {
        step(Op::new("OnceLock::get").on(&self.value));
        let value = self.peek();
        result(|| if value.is_some() { "Some" } else { "None" }.to_owned());
        value
    }

    /// See [`std::sync::OnceLock::get_mut`].
    #[expect(unsafe_code, reason = "the value lives in a box of its own")]
    pub fn get_mut(&mut self) -> Option<&mut T> {
        // SAFETY: complete means the pointer came from a box that was not freed; `self` is borrowed exclusively.
        self.once.peek().then(|| unsafe { &mut *self.value.load(Ordering::Acquire) })
    }

    /// See [`std::sync::OnceLock::wait`].
    #[track_caller]
    pub fn wait(&self) -> &T {
        self.once.wait_for(Op::new("OnceLock::wait"));
        self.peek().expect("complete")
    }

    /// See [`std::sync::OnceLock::set`].
    ///
    /// # Errors
    ///
    /// Gives the value back if there is one already.
    #[track_caller]
    pub fn set(&self, value: T) -> Result<(), T> {
        let mut value = Some(value);
        self.once.call(Op::new("OnceLock::set"), true, |_| self.fill(value.take().expect("called once")));
        value.map_or(Ok(()), Err)
    }

    /// See [`std::sync::OnceLock::get_or_init`].
    #[track_caller]
    pub fn get_or_init<F: FnOnce() -> T>(&self, f: F) -> &T {
        self.once.call(Op::new("OnceLock::get_or_init"), true, |_| self.fill(f()));
        self.peek().expect("complete")
    }

    /// See [`std::sync::OnceLock::into_inner`].
    pub fn into_inner(mut self) -> Option<T> {
        self.take()
    }

    /// See [`std::sync::OnceLock::take`].
    #[expect(unsafe_code, reason = "the value lives in a box of its own")]
    pub fn take(&mut self) -> Option<T> {
        let complete = ::std::mem::replace(&mut self.once, Once::new()).peek();
        let value = ::std::mem::replace(self.value.get_mut(), ptr::null_mut());
        // SAFETY: complete means the pointer came from a box; it was just taken out, so nobody frees it twice.
        complete.then(|| unsafe { *Box::from_raw(value) })
    }

    /// The value, without a scheduling point.
    #[expect(unsafe_code, reason = "the value lives in a box of its own")]
    pub(super) fn peek(&self) -> Option<&T> {
        // SAFETY: complete means the pointer came from a box, which is freed only by `take` and `drop`; both
        // need `self` exclusively. A later execution overwrites the pointer and leaks the box.
        self.once.peek().then(|| unsafe { &*self.value.load(Ordering::Acquire) })
    }

    pub(super) fn once(&self) -> &Once {
        &self.once
    }

    /// Only from inside `once`.
    pub(super) fn fill(&self, value: T) {
        self.value.store(Box::into_raw(Box::new(value)), Ordering::Release);
    }
}

impl<T> Drop for OnceLock<T> {
    fn drop(&mut self) {
        drop(self.take());
    }
}

impl<T> Default for OnceLock<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T: fmt::Debug> fmt::Debug for OnceLock<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut tuple = f.debug_tuple("OnceLock");
        match self.peek() {
            Some(value) => tuple.field(value),
            None => tuple.field(&format_args!("<uninit>")),
        };
        tuple.finish()
    }
}

impl<T: Clone> Clone for OnceLock<T> {
    fn clone(&self) -> Self {
        self.peek().map_or_else(Self::new, |value| Self::from(value.clone()))
    }
}

impl<T> From<T> for OnceLock<T> {
    fn from(value: T) -> Self {
        let cell = Self::new();
        // Nobody else can see the cell yet, so this is no scheduling point.
        cell.once.complete(|| cell.fill(value));
        cell
    }
}

impl<T: PartialEq> PartialEq for OnceLock<T> {
    fn eq(&self, other: &Self) -> bool {
        self.peek() == other.peek()
    }
}

impl<T: Eq> Eq for OnceLock<T> {}
