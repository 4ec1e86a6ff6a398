//! Ten thousand lines for a sink that stands still: how many leave the source? The clock is virtual.
//!
//! `cargo run -q -p lesson-08-backpressure --example one_link`

use std::io::{self, Write};

use lesson_08_backpressure::chain::taken_from_the_source;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    for (ahead, queues) in [(false, "two bounded queues"), (true, "the second one without a limit")] {
        let taken = taken_from_the_source(10_000, ahead).await;
        let _ = writeln!(io::stdout(), "{queues:<30}  {taken:>5} lines taken from the source");
    }
}
