//! The worked code of lesson 4, cancellation: what the chapter quotes, compiled and tested.
//!
//! Whatever happens here is written into a [`journal`]. The [`scenes`] put the pieces on stage; the examples run them,
//! most of them on tokio's paused clock, and `tests/told.rs` compares what they say with what the chapter prints.

pub mod budget;
pub mod download;
pub mod journal;
pub mod lock;
pub mod loops;
pub mod mistakes;
pub mod options;
pub mod pairs;
pub mod quiz;
pub mod scenes;
pub mod values;
pub mod visits;
