//! The worked code of lesson 10, scalable architectures: what the chapter quotes, compiled and tested.
//!
//! `banks` keeps the same accounts in three ways, and `load` is what all three are measured with. The other modules take
//! one question each: a task that owns state, shards, a door that refuses, computing beside waiting, and when an
//! exploration is over. What is wrong on purpose says so in a comment; its documentation says what it was meant to do.

pub mod banks;
pub mod caves;
pub mod cloakroom;
pub mod directory;
pub mod drawing;
pub mod journal;
pub mod kitchen;
pub mod load;
pub mod quiz;
pub mod savings;
pub mod stairs;
