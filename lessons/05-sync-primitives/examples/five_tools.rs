//! The same desk and the same visitors, with a tool for each of the five things that they share.
//!
//! `cargo run -q -p lesson-05-sync-primitives --example five_tools`

use lesson_05_sync_primitives::desk::Desk;
use lesson_05_sync_primitives::visitors::nine_visitors;

fn main() {
    let desk = Desk::default();
    desk.open();
    nine_visitors(|question, query| desk.ask(question, query));
}
