//! Generate, square, keep the even ones: how much waits in front of each stage?
//!
//! `cargo run -q -p lesson-03-pipelines --example numbers -- --buffer 8 --slow 40`

use std::env;
use std::io::{self, Write};
use std::num::NonZeroUsize;
use std::process::ExitCode;
use std::time::Duration;

use lesson_03_pipelines::journal::Journal;
use lesson_03_pipelines::numbers::three_stages;
use lesson_03_pipelines::options::{Number, numbers};
use lesson_03_pipelines::step::Steps;
use tokio::time::sleep;

/// What `from` has done and `to` has not begun: in the channel between them, and in the hand that sends.
fn level(journal: &Journal, from: &str, to: &str) -> usize {
    journal.count(from).1.saturating_sub(journal.count(to).0)
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() -> ExitCode {
    let buffer = Number { name: "--buffer", default: 4, most: 16, about: "places in every channel" };
    let slow = Number { name: "--slow", default: 100, most: 1000, about: "ms that the last stage takes" };
    let last = Number { name: "--last", default: 100, most: 1000, about: "the last number" };
    let [buffer, slow, last] = match numbers([buffer, slow, last], env::args().skip(1)) {
        Ok(numbers) => numbers,
        Err(complaint) => {
            eprintln!("{complaint}");
            return ExitCode::from(2);
        }
    };
    let room = usize::try_from(buffer).ok().and_then(NonZeroUsize::new).unwrap_or(NonZeroUsize::MIN);

    let journal = Journal::silent();
    let running = tokio::spawn(three_stages(last, Steps::taking([10, 20, slow], &journal), room));
    // Between two steps of the clock nothing happens: what is seen there is seen on every machine.
    sleep(Duration::from_millis(5)).await;
    let basin = |from, to| {
        let level = level(&journal, from, to);
        format!("{}{}", "█".repeat(level), "·".repeat((room.get() + 1).saturating_sub(level)))
    };
    let mut at = 5;
    while !running.is_finished() {
        let line = format!(
            "{at:>5} ms   generate  {}  square  {}  filter {:>4}",
            basin("generate", "square"),
            basin("square", "filter"),
            journal.count("filter").1,
        );
        // The first second tells the story; after that, a line per second.
        let pause = if at < 1000 { 100 } else { 1000 };
        let _ = writeln!(io::stdout(), "{line}");
        sleep(Duration::from_millis(pause)).await;
        at += pause;
    }
    let kept = running.await.map_or(0, |kept| kept.len());
    let _ = writeln!(io::stdout(), "{kept} of {last} numbers kept, in {} ms", journal.total());
    ExitCode::SUCCESS
}
