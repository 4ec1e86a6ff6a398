//! The one printer. Turns what happened into text for people or into JSON for programs; reads nothing, decides
//! nothing.

mod authors;
mod json;
mod overview;
mod paint;
mod picture;
mod replay;
mod status;
mod story;
mod text;

#[cfg(test)]
mod screens;

pub use authors::{laid_out, proofs};
pub use json::document;
pub use overview::{Line, Overview, next, overview, totals};
pub use paint::Paint;
pub use picture::draw;
pub use replay::{Replay, frame, print as print_replay};
pub use status::Status;
pub use story::{Subject, story, with_short_names};

/// The widest line a report writes by itself; reads well in a terminal of 80 columns.
pub const WIDTH: usize = 80;
