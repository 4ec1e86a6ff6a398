//! The one printer. Turns what happened into text for people or into JSON for programs; reads nothing, decides
//! nothing.

mod authors;
mod difference;
mod journey;
mod json;
mod links;
mod list;
mod markdown;
mod moments;
mod overview;
mod pages;
mod paint;
mod picture;
mod replay;
mod screen;
mod status;
mod story;
mod text;

#[cfg(test)]
mod screens;

pub use authors::{laid_out, proofs};
pub use journey::journey;
pub use json::{document, next_up, standings};
pub use links::Links;
pub use list::{Chapter, Entry, choice, heading, list};
pub use moments::{
    Prediction, all_done, compared, give_up, go_back, goodbye, lesson_done, passed, question, untouched, welcome,
};
pub use overview::{Line, Overview, next, overview, totals};
pub use pages::{About, Hint, contract, hint, locked, show, solution, think};
pub use paint::Paint;
pub use picture::draw;
pub use replay::{Replay, frame, print as print_replay};
pub use screen::{HELP, KEYS, LIST_KEYS, PAGE_KEYS, SURE_KEYS, Screen, room, screen};
pub use status::{MEANWHILE, ONCE, Status, building, compiled};
pub use story::{Subject, line_to_open, story};
pub use text::{fold, plural};

/// The widest line a report writes by itself; reads well in a terminal of 80 columns.
pub const WIDTH: usize = 80;
