//! `std::panic`, told apart by model thread.

pub use ::std::panic::*;

use ::std::any::Any;
use ::std::thread::Result;

/// See [`std::panic::catch_unwind`].
pub fn catch_unwind<F: FnOnce() -> R + UnwindSafe, R>(f: F) -> Result<R> {
    let result = ::std::panic::catch_unwind(f);
    if result.is_err() {
        interleave::unwinding_ended();
    }
    result
}

/// See [`std::panic::resume_unwind`].
pub fn resume_unwind(payload: Box<dyn Any + Send>) -> ! {
    interleave::unwinding_begins();
    ::std::panic::resume_unwind(payload)
}
