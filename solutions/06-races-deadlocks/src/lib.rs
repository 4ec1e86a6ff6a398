//! Races and deadlocks.

pub mod bank_transfer;
pub mod guard_lifetimes;
pub mod publish_flag;
