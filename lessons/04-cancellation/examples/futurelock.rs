//! A writer waits for a lock, behind a future that nobody polls: themselves.
//!
//! `cargo run -q -p lesson-04-cancellation --example futurelock`

use lesson_04_cancellation::journal::Journal;
use lesson_04_cancellation::scenes;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    scenes::futurelock(&Journal::aloud()).await;
}
