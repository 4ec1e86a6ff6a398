//! A passenger every 40 ms, and two ferries that leave 100 ms after the first has come aboard. One of them does not.
//!
//! `cargo run -q -p lesson-03-pipelines --example ferry`

use std::io::{self, Write};
use std::num::NonZeroUsize;
use std::time::Duration;

use lesson_03_pipelines::ferry::{ferry, too_patient};
use lesson_03_pipelines::journal::Journal;
use lesson_03_pipelines::numbers::generate;
use lesson_03_pipelines::step::Step;
use tokio::sync::mpsc::Receiver;
use tokio::time::Instant;

async fn run(name: &str, ferry: impl AsyncFn(&mut Receiver<u64>, Duration) -> Vec<u64>) {
    let _ = writeln!(io::stdout(), "{name}");
    let passengers = Step::new("passengers", 40, &Journal::silent());
    let (mut quay, started) = (generate(10, passengers, NonZeroUsize::MIN), Instant::now());
    loop {
        let aboard = ferry(&mut quay, Duration::from_millis(100)).await;
        if aboard.is_empty() {
            break;
        }
        let _ = writeln!(io::stdout(), "{:>5} ms  leaves with {aboard:?}", started.elapsed().as_millis());
    }
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    run("a new timeout for each passenger", too_patient).await;
    run("one departure", ferry).await;
}
