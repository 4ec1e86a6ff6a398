//! The worked code of lesson 3, pipelines: what the chapter quotes, compiled and tested.
//!
//! Nearly all of it is about one pipeline: generate numbers, square them, keep the even squares. Each step is given some
//! time to take, so that the virtual clock can show who waits for whom. A comment says which versions are wrong on
//! purpose; their documentation says what they were meant to do.

pub mod errors;
pub mod ferry;
pub mod frozen;
pub mod journal;
pub mod leaving;
pub mod numbers;
pub mod options;
pub mod step;
pub mod streams;
#[cfg(test)]
mod testing;
