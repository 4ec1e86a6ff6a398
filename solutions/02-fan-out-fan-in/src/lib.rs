//! Fan-out and fan-in.

pub mod fan_in;
pub mod ordered_fan_out;
