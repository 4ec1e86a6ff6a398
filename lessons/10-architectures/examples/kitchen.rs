//! Forty guests a second and two cooks who can serve twenty: with room for everybody, and with a door. The clock is
//! virtual.
//!
//! `cargo run -q -p lesson-10-architectures --example kitchen`

use std::io::{self, Write};

use lesson_10_architectures::kitchen::evening;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    for (name, room) in [("room for all", 200), ("room for 20", 20), ("room for 6", 6), ("room for 1", 1)] {
        let evening = evening(200, room).await;
        let _ = writeln!(io::stdout(), "{name:<13} {evening}");
    }
}
