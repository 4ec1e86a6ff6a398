//! The story of one execution: who took which step when, and how it ended.
//!
//! `interleave` tells stories; whoever shows them needs no engine. So the data and the drawing live here, and both
//! sides depend on this crate: [`trace`] is the story as data, [`columns`] draws it as plain text.

mod columns;
pub mod trace;

pub use columns::columns;
