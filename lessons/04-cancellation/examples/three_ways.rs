//! Three visits, ended by dropping, by aborting, and by asking.
//!
//! `cargo run -q -p lesson-04-cancellation --example three_ways`

use lesson_04_cancellation::journal::Journal;
use lesson_04_cancellation::scenes;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    scenes::three_ways(&Journal::aloud()).await;
}
