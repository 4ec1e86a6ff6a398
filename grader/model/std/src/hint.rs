//! `std::hint`, where waiting in a loop lets the others go first.

pub use ::std::hint::*;

use interleave::{Op, give_way};

/// See [`std::hint::spin_loop`].
#[track_caller]
pub fn spin_loop() {
    give_way(Op::new("hint::spin_loop"));
}
