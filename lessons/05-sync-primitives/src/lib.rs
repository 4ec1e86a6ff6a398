//! The worked code of lesson 5, shared state: what the chapter quotes, compiled and tested.
//!
//! Each module is about one thing that threads or tasks share, and most come in several versions: as one would carry it
//! over from Go, as Rust likes it, and with the mistake that is easily made. A comment tells which are wrong on purpose;
//! their documentation says what they were meant to do.
//!
//! Modules without tests of their own are explored in `tests/interleavings.rs`, where `std` is a model and every
//! schedule is tried. That is also where the stories in the chapter come from.

pub mod average;
pub mod bell;
pub mod counter;
pub mod database;
pub mod desk;
pub mod door;
pub mod inbox;
pub mod journal;
pub mod map;
pub mod meeting;
pub mod mutexes;
pub mod opening;
pub mod permits;
pub mod pool;
pub mod progress;
pub mod quiz;
pub mod rates;
pub mod scores;
#[cfg(test)]
mod testing;
pub mod timetable;
pub mod visitors;
