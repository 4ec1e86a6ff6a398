//! The same download in real time: press Ctrl-C while it runs.
//!
//! `cargo run -q -p lesson-04-cancellation --example ctrl_c`

use std::io::{self, Write};
use std::time::Duration;

use lesson_04_cancellation::download::cancel_on_ctrl_c;
use lesson_04_cancellation::journal::Journal;
use lesson_04_cancellation::scenes;
use tokio_util::sync::CancellationToken;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let user = CancellationToken::new();
    tokio::spawn(cancel_on_ctrl_c(user.clone()));
    let journal = Journal::aloud();
    scenes::download(&journal, Duration::from_secs(10), &user).await;
    let _ = write!(io::stdout(), "\n{}", journal.bars());
}
