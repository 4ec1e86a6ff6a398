//! Six servers, no more than two at once, and four ways to see to it: when does each question start?
//!
//! `cargo run -q -p lesson-02-fan-out-fan-in --example limits -- --limit 3`

use std::env;
use std::io::{self, Write};
use std::num::NonZeroUsize;
use std::process::ExitCode;

use lesson_02_fan_out_fan_in::journal::Journal;
use lesson_02_fan_out_fan_in::limits::{in_a_window, in_chunks, in_slots, with_permits};
use lesson_02_fan_out_fan_in::options::{Number, numbers};
use lesson_02_fan_out_fan_in::servers::{Server, taking};

async fn row(
    name: &str,
    takes: &[u64],
    limit: NonZeroUsize,
    strategy: impl AsyncFn(Vec<Server>, NonZeroUsize) -> Vec<u64>,
) {
    let journal = Journal::silent();
    strategy(taking(takes, &journal), limit).await;
    let starts: String = journal.starts().iter().map(|start| format!("{start:>5}")).collect();
    let _ = writeln!(io::stdout(), "{name:<10}{starts}{:>7} ms", journal.total().as_millis());
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() -> ExitCode {
    let limit = Number { name: "--limit", default: 2, most: 64, about: "how many are asked at once" };
    let limit = match numbers([limit], env::args().skip(1)) {
        Ok([limit]) => limit,
        Err(complaint) => {
            eprintln!("{complaint}");
            return ExitCode::from(2);
        }
    };
    let limit = usize::try_from(limit).ok().and_then(NonZeroUsize::new).unwrap_or(NonZeroUsize::MIN);
    for takes in [[100, 1, 1, 1, 1, 1], [1, 100, 1, 1, 1, 1]] {
        let cells: String = takes.iter().map(|takes| format!("{takes:>5}")).collect();
        let _ = writeln!(io::stdout(), "takes     {cells}  all in");
        row("chunks", &takes, limit, in_chunks).await;
        row("window", &takes, limit, in_a_window).await;
        row("slots", &takes, limit, in_slots).await;
        row("permits", &takes, limit, with_permits).await;
        let _ = writeln!(io::stdout());
    }
    ExitCode::SUCCESS
}
