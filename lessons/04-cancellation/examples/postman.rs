//! A handler inside a `select!` branch: which letters arrive?
//!
//! `cargo run -q -p lesson-04-cancellation --example postman`

use lesson_04_cancellation::journal::Journal;
use lesson_04_cancellation::scenes;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    scenes::postman(&Journal::aloud()).await;
}
