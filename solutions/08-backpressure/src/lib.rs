//! Producer–consumer and back-pressure.

pub mod producer_consumer;
