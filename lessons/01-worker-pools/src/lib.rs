//! The worked code of lesson 1, worker pools: what the chapter quotes, compiled and tested.
//!
//! Every pool here is built in the same five steps, and comments name them where they happen:
//!
//! - *own the ends*: decide who holds which end of the queue;
//! - *bound*: say how much may run, and how much may wait;
//! - *run*: take a job, do it, survive it;
//! - *stop*: say that no more will come;
//! - *collect*: bring home the results, and the workers.

pub mod blocking;
pub mod images;
pub mod jobs;
pub mod journal;
pub mod mistakes;
pub mod options;
pub mod quiz;
pub mod scoped;
pub mod tasks;
#[cfg(test)]
mod testing;
pub mod threads;
