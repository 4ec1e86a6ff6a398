//! `std::sync::LazyLock`.

use ::std::any::type_name;
use ::std::fmt;
use ::std::ops::{Deref, DerefMut};
use ::std::ptr;
use ::std::sync::PoisonError;

use interleave::Op;

use super::once_lock::OnceLock;

/// See [`std::sync::LazyLock`].
///
/// One in a `static` is initialised afresh in each execution.
pub struct LazyLock<T, F = fn() -> T> {
    cell: OnceLock<T>,
    init: ::std::sync::Mutex<Option<F>>,
}

impl<T, F: FnOnce() -> T> LazyLock<T, F> {
    /// See [`std::sync::LazyLock::new`].
    pub const fn new(f: F) -> Self {
        Self { cell: OnceLock::new(), init: ::std::sync::Mutex::new(Some(f)) }
    }

    /// See [`std::sync::LazyLock::force`].
    ///
    /// # Panics
    ///
    /// If the initialiser panics, or did before.
    #[track_caller]
    pub fn force(this: &Self) -> &T {
        this.cell.once().call(Op::new("LazyLock::force"), true, |state| {
            assert!(!state.is_poisoned(), "LazyLock instance has previously been poisoned");
            let init = this.initialiser();
            this.cell.fill(init());
        });
        this.cell.peek().expect("complete")
    }

    /// See [`std::sync::LazyLock::force_mut`].
    #[track_caller]
    pub fn force_mut(this: &mut Self) -> &mut T {
        Self::force(this);
        this.cell.get_mut().expect("complete")
    }

    /// A closure can be called once; a function pointer, which is what a `static` has, in every execution.
    fn initialiser(&self) -> F {
        let mut init = self.init.lock().unwrap_or_else(PoisonError::into_inner);
        let again = init.as_ref().and_then(copy_of_fn_pointer);
        again.or_else(|| init.take()).expect("a closure that was called in an earlier execution cannot run again")
    }
}

impl<T, F> LazyLock<T, F> {
    /// See [`std::sync::LazyLock::get`].
    #[track_caller]
    pub fn get(this: &Self) -> Option<&T> {
        this.cell.get()
    }

    /// See [`std::sync::LazyLock::get_mut`].
    pub fn get_mut(this: &mut Self) -> Option<&mut T> {
        this.cell.get_mut()
    }
}

#[expect(unsafe_code, reason = "nothing in the type says that a function pointer can be copied")]
fn copy_of_fn_pointer<F>(f: &F) -> Option<F> {
    // The path of every other type begins with a crate, a bracket or a keyword that is not `fn`.
    // SAFETY: function pointers are `Copy`.
    type_name::<F>().starts_with("fn(").then(|| unsafe { ptr::read(f) })
}

impl<T, F: FnOnce() -> T> Deref for LazyLock<T, F> {
    type Target = T;

    #[track_caller]
    fn deref(&self) -> &T {
        Self::force(self)
    }
}

impl<T, F: FnOnce() -> T> DerefMut for LazyLock<T, F> {
    #[track_caller]
    fn deref_mut(&mut self) -> &mut T {
        Self::force_mut(self)
    }
}

impl<T: Default> Default for LazyLock<T> {
    fn default() -> Self {
        Self::new(T::default)
    }
}

impl<T: fmt::Debug, F> fmt::Debug for LazyLock<T, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut tuple = f.debug_tuple("LazyLock");
        match self.cell.peek() {
            Some(value) => tuple.field(value),
            None => tuple.field(&format_args!("<uninit>")),
        };
        tuple.finish()
    }
}
