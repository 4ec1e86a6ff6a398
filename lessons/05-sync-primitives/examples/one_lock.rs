//! An information desk with two connections, and one lock for everything: predict what the journal shows, then run it.
//!
//! `cargo run -q -p lesson-05-sync-primitives --example one_lock`

use lesson_05_sync_primitives::desk::OneLock;
use lesson_05_sync_primitives::visitors::nine_visitors;

fn main() {
    let desk = OneLock::default();
    desk.open();
    nine_visitors(|question, query| desk.ask(question, query));
}
