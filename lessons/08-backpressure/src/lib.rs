//! The worked code of lesson 8, producer–consumer and back-pressure: what the chapter quotes, compiled and tested.
//!
//! `ferry` uses nothing but `std`, so that `tests/interleavings.rs` can compile it a second time, against the model of
//! `std` that tries every schedule. Everything else runs under tokio, and its tests under the paused clock.

pub mod chain;
pub mod circle;
pub mod ferry;
pub mod full;
pub mod listeners;
pub mod log;
pub mod orders;
pub mod quiz;
pub mod runs;
