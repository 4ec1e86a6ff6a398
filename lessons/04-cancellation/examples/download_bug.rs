//! Ten pieces of 100 ms each, and a user with 550 ms of patience: predict what the journal shows, then run it.
//!
//! `cargo run -q -p lesson-04-cancellation --example download_bug -- --patience 250`

use std::env;
use std::io::{self, Write};
use std::process::ExitCode;
use std::time::Duration;

use lesson_04_cancellation::journal::Journal;
use lesson_04_cancellation::{options, scenes};

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() -> ExitCode {
    let mut patience = Some(550);
    if let Err(complaint) = options::numbers(env::args().skip(1), &mut [("--patience", &mut patience)]) {
        eprintln!("{complaint}");
        return ExitCode::from(2);
    }
    let journal = Journal::aloud();
    scenes::download_bug(&journal, Duration::from_millis(patience.unwrap_or_default())).await;
    let _ = write!(io::stdout(), "\n{}", journal.bars());
    ExitCode::SUCCESS
}
