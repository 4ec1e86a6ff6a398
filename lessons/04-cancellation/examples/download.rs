//! The same download, owned by whoever waits for it, and cancelled after a while if you say so.
//!
//! `cargo run -q -p lesson-04-cancellation --example download -- --cancel 330`

use std::env;
use std::io::{self, Write};
use std::process::ExitCode;
use std::time::Duration;

use lesson_04_cancellation::journal::Journal;
use lesson_04_cancellation::{options, scenes};
use tokio_util::sync::CancellationToken;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() -> ExitCode {
    let (mut patience, mut cancel) = (Some(550), None);
    let known = &mut [("--patience", &mut patience), ("--cancel", &mut cancel)];
    if let Err(complaint) = options::numbers(env::args().skip(1), known) {
        eprintln!("{complaint}");
        return ExitCode::from(2);
    }
    let user = CancellationToken::new();
    if let Some(time) = cancel {
        scenes::cancel_after(&user, Duration::from_millis(time));
    }
    let journal = Journal::aloud();
    scenes::download(&journal, Duration::from_millis(patience.unwrap_or_default()), &user).await;
    let _ = write!(io::stdout(), "\n{}", journal.bars());
    ExitCode::SUCCESS
}
