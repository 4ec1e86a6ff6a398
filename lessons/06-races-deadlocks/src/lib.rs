//! The worked code of lesson 6, races and deadlocks: what the chapter quotes, compiled and tested.
//!
//! Most modules show a mistake and its repair, and say which is which. They use nothing but `std`, so that
//! `tests/interleavings.rs` and the example `race_hunt` can compile them a second time, against the model of `std`
//! that tries every schedule.

pub mod account;
pub mod bank;
pub mod drawers;
pub mod futures;
pub mod hunt;
pub mod journal;
pub mod library;
pub mod position;
pub mod quiz;
pub mod record;
pub mod thermometer;
pub mod votes;
pub mod waiting_room;
