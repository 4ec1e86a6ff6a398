//! The numbers from 1 to 20, squared by three threads and merged again: who squares what?
//!
//! `cargo run -q -p lesson-02-fan-out-fan-in --example fan -- --workers 5`

use std::env;
use std::io::{self, Write};
use std::num::NonZeroUsize;
use std::process::ExitCode;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use lesson_02_fan_out_fan_in::fan::{fan_in, fan_out};
use lesson_02_fan_out_fan_in::journal::Journal;
use lesson_02_fan_out_fan_in::options::{Number, numbers};

fn main() -> ExitCode {
    let workers = Number { name: "--workers", default: 3, most: 64, about: "how many threads share the numbers" };
    let workers = match numbers([workers], env::args().skip(1)) {
        Ok([workers]) => workers,
        Err(complaint) => {
            eprintln!("{complaint}");
            return ExitCode::from(2);
        }
    };
    let workers = usize::try_from(workers).ok().and_then(NonZeroUsize::new).unwrap_or(NonZeroUsize::MIN);

    let (output, input) = mpsc::sync_channel(0);
    thread::spawn(move || (1..=20).try_for_each(|number: u64| output.send(number)));

    let journal = Journal::aloud();
    let writer = journal.clone();
    let square = move |worker: usize, number: u64| {
        let squaring = writer.begin(&format!("worker {worker}"), &format!("squares {number}"));
        thread::sleep(Duration::from_millis(100));
        squaring.done(&format!("has {}", number * number));
        number * number
    };
    let squares: Vec<u64> = fan_in(fan_out(input, workers, square)).into_iter().collect();
    let _ = writeln!(io::stdout(), "\n{journal}{squares:?}");
    ExitCode::SUCCESS
}
