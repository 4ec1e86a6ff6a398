//! Four programs ask three servers, each of which takes 300 ms to answer: predict how long each program takes, then run
//! it. The clock is a virtual one, so it does not take that long.
//!
//! `cargo run -q -p lesson-02-fan-out-fan-in --example prices`

use std::io::{self, Write};

use lesson_02_fan_out_fan_in::journal::Journal;
use lesson_02_fan_out_fan_in::prices::{buffered, held, joined, spawned};
use lesson_02_fan_out_fan_in::servers::{Server, taking};

async fn run(name: &str, program: impl AsyncFn(Vec<Server>) -> Vec<u64>) {
    let _ = writeln!(io::stdout(), "program {name}");
    let journal = Journal::aloud();
    let prices = program(taking(&[300; 3], &journal)).await;
    let _ = writeln!(io::stdout(), "\n{journal}{prices:?} in {} ms\n", journal.total().as_millis());
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    run("A", held).await;
    run("B", spawned).await;
    run("C", joined).await;
    run("D", buffered).await;
}
