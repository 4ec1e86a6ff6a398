//! Who knows the language of a visitor: those who are awaited, or those who are spawned too?
//!
//! `cargo run -q -p lesson-04-cancellation --example languages`

use lesson_04_cancellation::journal::Journal;
use lesson_04_cancellation::scenes;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    scenes::languages(&Journal::aloud()).await;
}
