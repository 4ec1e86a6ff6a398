//! Two clerks who answer each other's letters, with small inboxes and with large ones. The clock is virtual.
//!
//! `cargo run -q -p lesson-08-backpressure --example two_clerks`

use std::io::{self, Write};
use std::time::Duration;

use lesson_08_backpressure::circle::correspondence;
use tokio::time::timeout;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    for (room, letters) in [(8, 1), (8, 4), (1, 1), (1, 3), (8, 100)] {
        let ended = timeout(Duration::from_secs(60), correspondence(room, letters)).await.is_ok();
        let how = if ended { "both have stopped" } else { "after a minute, both still wait" };
        let _ = writeln!(io::stdout(), "room for {room}, {letters:>3} letters each: {how}");
    }
}
