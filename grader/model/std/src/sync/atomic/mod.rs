//! `std::sync::atomic`: every operation is a scheduling point, and orders mean what they say.
//!
//! What is missing: `from_ptr`, because these types are larger than the numbers in them. An atomic in a `static`
//! begins each execution with the value it had before the first.

#[macro_use]
mod common;
mod bits;
mod boolean;
mod integers;
mod pointer;

pub use ::std::sync::atomic::{Ordering, compiler_fence};

pub use boolean::AtomicBool;
pub use integers::{
    AtomicI8, AtomicI16, AtomicI32, AtomicI64, AtomicIsize, AtomicU8, AtomicU16, AtomicU32, AtomicU64, AtomicUsize,
};
pub use pointer::AtomicPtr;

use interleave::{Op, step};

/// See [`std::sync::atomic::fence`]. A scheduling point.
#[track_caller]
pub fn fence(order: Ordering) {
    step(Op::new("atomic::fence").with(|| format!("{order:?}")));
    ::std::sync::atomic::fence(order);
    interleave::fence(order);
}

/// See [`std::sync::atomic::spin_loop_hint`].
#[track_caller]
#[deprecated(since = "1.51.0", note = "use hint::spin_loop instead")]
pub fn spin_loop_hint() {
    crate::hint::spin_loop();
}
