//! Three servers are asked the same: one refuses after 50 ms, one answers after 100 ms, one after 300 ms. Who is still at
//! work when the answer is there?
//!
//! `cargo run -q -p lesson-02-fan-out-fan-in --example race`

use std::io::{self, Write};
use std::time::Duration;

use lesson_02_fan_out_fan_in::journal::Journal;
use lesson_02_fan_out_fan_in::race::{losers_are_dropped, losers_run_on};
use lesson_02_fan_out_fan_in::servers::{Server, refusing, taking};
use tokio::time::sleep;

async fn run(name: &str, race: impl AsyncFn(Vec<Server>) -> Option<u64>) {
    let _ = writeln!(io::stdout(), "{name}");
    let journal = Journal::aloud();
    let price = race(refusing(1, taking(&[50, 100, 300], &journal))).await;
    journal.note("caller", &price.map_or("has no price".to_string(), |price| format!("has the price {price}")));
    // The caller has what it wanted. Does anything happen after that?
    sleep(Duration::from_secs(1)).await;
    let _ = writeln!(io::stdout(), "\n{journal}");
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    run("tasks", losers_run_on).await;
    run("futures", losers_are_dropped).await;
}
