//! Who hears of a token that is dropped, and of one that is cancelled.
//!
//! `cargo run -q -p lesson-04-cancellation --example token_tree`

use lesson_04_cancellation::journal::Journal;
use lesson_04_cancellation::scenes;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    scenes::token_tree(&Journal::aloud()).await;
}
