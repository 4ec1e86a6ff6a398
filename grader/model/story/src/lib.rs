//! The story of one execution: who took which step when, and how it ended.
//!
//! `interleave` tells stories; whoever shows them needs no engine. So the data and the drawing live here, and both
//! sides depend on this crate: [`trace`] is the story as data, [`columns`] draws it as plain text, [`svg`] as a
//! picture.

mod columns;
mod svg;
pub mod trace;

pub use columns::{Row, columns, fit, rows};
pub use svg::svg;

/// The file of places in the code that drives the story: a test. It is never the file whose name is left out.
pub const TEST: &str = "test";
