//! Twenty lines at once, then a pause: how long is the producer held up, with queues of several sizes? The clock is
//! virtual.
//!
//! `cargo run -q -p lesson-08-backpressure --example bursts`

use std::io::{self, Write};

use lesson_08_backpressure::runs::bursts;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    for capacity in [1, 4, 16, 20, 100] {
        let held_up = bursts(capacity, 20).await.as_millis();
        let _ = writeln!(io::stdout(), "capacity {capacity:>3}: held up for {held_up:>2} ms at most");
    }
}
