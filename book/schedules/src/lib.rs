//! Wrong solutions under the schedule that breaks them.
//!
//! The files are those by which the grader's tests are proved, and so are the tests: `wrong/….rs` and `model.rs` of an
//! exercise, compiled as the grader's model bench compiles them, with `std-model` in place of `std`. [`tell`] runs the
//! search and returns its story. Of each exercise there can be one file here, since its tests expect it at one path.

// What the tests call `lab` and `model` is in this crate: a story needs no verdict, so it needs no runtime.
extern crate self as lab;
extern crate self as model;

mod bench;
mod told;

use bench::{Options, explore, inventory, may_stop, prelude, registry, test};
pub use told::{Source, TEST, Told, names, tell};

// The solutions, at the paths where their tests look for them.

#[path = "../../../grader/hidden/06-races-deadlocks/bank_transfer/wrong/m59_in_the_order_they_are_named.rs"]
#[allow(warnings, clippy::all)]
mod bank_transfer;
#[path = "../../../grader/hidden/05-sync-primitives/concurrent_map/wrong/m55_check_then_insert.rs"]
#[allow(warnings, clippy::all)]
mod concurrent_map;
#[path = "../../../grader/hidden/05-sync-primitives/counting_semaphore/wrong/m68_atomic_beside_the_mutex.rs"]
#[allow(warnings, clippy::all)]
mod counting_semaphore;
#[path = "../../../grader/hidden/08-backpressure/producer_consumer/wrong/m67_if_before_wait.rs"]
#[allow(warnings, clippy::all)]
mod producer_consumer;
#[path = "../../../grader/hidden/06-races-deadlocks/publish_flag/wrong/m64_relaxed_store.rs"]
#[allow(warnings, clippy::all)]
mod publish_flag;

#[path = "../../../grader/hidden/06-races-deadlocks/bank_transfer/model.rs"]
#[allow(warnings, clippy::all)]
mod bank_transfer_model;
#[path = "../../../grader/hidden/05-sync-primitives/concurrent_map/model.rs"]
#[allow(warnings, clippy::all)]
mod concurrent_map_model;
#[path = "../../../grader/hidden/05-sync-primitives/counting_semaphore/model.rs"]
#[allow(warnings, clippy::all)]
mod counting_semaphore_model;
#[path = "../../../grader/hidden/08-backpressure/producer_consumer/model.rs"]
#[allow(warnings, clippy::all)]
mod producer_consumer_model;
#[path = "../../../grader/hidden/06-races-deadlocks/publish_flag/model.rs"]
#[allow(warnings, clippy::all)]
mod publish_flag_model;
