//! `std::time` on the virtual clock.
//!
//! Inside an exploration time stands still while anybody can run, and jumps to the next deadline when nobody
//! can. Code takes no time.

mod instant;
mod system;

pub use ::std::time::*;

pub use instant::Instant;
pub use system::{SystemTime, UNIX_EPOCH};
