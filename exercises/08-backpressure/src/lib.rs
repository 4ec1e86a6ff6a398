//! Producer–consumer and back-pressure.

pub mod lossless_forward;
pub mod producer_consumer;
