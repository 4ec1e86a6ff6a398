//! Programs with known outcomes, written against plain `std`.
//!
//! This source is compiled twice: as `cases-real` against the real std, and as `cases` against the facade, by
//! nothing but the rename in its manifest. What holds for a learner's file holds for it.

// The real `thread_local!` comes with the prelude of macros and would not be renamed with the rest.
#[macro_use(thread_local)]
extern crate std;

pub mod conformance;
pub mod features;
pub mod litmus;
pub mod planted;
pub mod probes;
