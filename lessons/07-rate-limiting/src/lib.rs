//! The worked code of lesson 7, rate limiting: what the chapter quotes, compiled and tested.
//!
//! The [`scenes`] take place on tokio's paused clock, and `tests/told.rs` compares what they say with what the chapter
//! prints. The client and the server of `examples/api_client.rs` are real, and so is their time; they lie in
//! `examples/loopback/`.

pub mod journal;
pub mod limiters;
pub mod mistakes;
pub mod options;
pub mod quiz;
pub mod quota;
pub mod scenes;
pub mod tap;
pub mod ticks;
