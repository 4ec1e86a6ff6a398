//! The worked code of lesson 2, fan-out and fan-in: what the chapter quotes, compiled and tested.
//!
//! Nearly all of it asks price servers, in tasks; [`fan`] is about threads that square numbers. Where a mistake is easily
//! made, a module has a version with it, too. A comment says which are wrong on purpose, while their documentation says
//! what they were meant to do.

pub mod errors;
pub mod fan;
pub mod journal;
pub mod leaving;
pub mod limits;
pub mod merge;
pub mod options;
pub mod order;
pub mod prices;
pub mod quiz;
pub mod race;
pub mod servers;
#[cfg(test)]
mod testing;
