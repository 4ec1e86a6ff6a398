//! A reader takes two squares and leaves. When do the others find out?
//!
//! `cargo run -q -p lesson-03-pipelines --example leaving`

use std::io::{self, Write};
use std::num::NonZeroUsize;
use std::time::Duration;

use lesson_03_pipelines::journal::Journal;
use lesson_03_pipelines::numbers::{filter, generate, square};
use lesson_03_pipelines::step::Steps;
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let (journal, room) = (Journal::aloud(Duration::from_millis(25)), NonZeroUsize::MIN);
    let steps = Steps::taking([100, 10, 10], &journal);
    let numbers = generate(100, steps.generate, room);
    let squares = square(numbers, steps.square, room);
    let mut kept = filter(squares, steps.filter, room);
    for _ in 0..2 {
        let Some(square) = kept.recv().await else { break };
        journal.note("reader", &format!("has {square}"));
    }
    drop(kept);
    journal.note("reader", "has left");
    sleep(Duration::from_secs(60)).await;
    let _ = writeln!(io::stdout(), "\n{journal}{} numbers generated, 4 were needed", journal.count("generate").0);
}
