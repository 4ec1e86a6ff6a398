//! A producer with a line every millisecond, a disk that takes five for each, and three queues between the two. The
//! clock is virtual: half a minute takes a moment, and everybody sees the same numbers.
//!
//! `cargo run -q -p lesson-08-backpressure --example backpressure`

use std::io::{self, Write};

use lesson_08_backpressure::runs::steady;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    for capacity in [Some(1), Some(16), None] {
        let report = steady(capacity, 500).await;
        // A reader who has closed the pipe has seen enough.
        let _ = writeln!(io::stdout(), "{report}");
    }
}
